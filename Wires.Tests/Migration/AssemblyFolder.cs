namespace Wires.Tests.Migration;

/// <summary>Where a test puts assemblies that it compiles, for itself and other processes to load.</summary>
internal sealed class AssemblyFolder : IDisposable
{
    public DirectoryInfo Info { get; } = Directory.CreateTempSubdirectory("wires-assemblies-");

    public void Dispose()
    {
        try
        {
            Info.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // This process has the assemblies loaded, and some systems keep such files.
        }
    }
}

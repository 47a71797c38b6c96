using Xunit;

namespace Wires.Tests.Api;

/// <summary>
/// The public surface is a reviewed text. <c>WIRES_UPDATE_SNAPSHOTS=1</c> rewrites it; the difference is then reviewed as every other change.
/// What stands below <c>Wires.Infrastructure</c> is public for generated code.
/// </summary>
public sealed class PublicApiTests
{
    [Fact]
    public void ThePublicSurfaceIsTheReviewedOne()
    {
        var path = Repository.PathOf("Wires.Tests", "Api", "PublicApi.verified.txt");
        var actual = PublicApi.Print(typeof(WireAttribute).Assembly);
        if (Environment.GetEnvironmentVariable("WIRES_UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }
}

using System.Diagnostics;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Operating;

/// <summary>A run of the <c>wires</c> tool.</summary>
internal sealed record ToolProcess(int ExitCode, string Output, string Errors)
{
    public static async Task<ToolProcess> RunAsync(params string[] arguments)
    {
        string program = typeof(ToolProcess).Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), inherit: false)
            .Cast<System.Reflection.AssemblyMetadataAttribute>().First(static data => data.Key == "CliProgram").Value!;
        Assert.True(File.Exists(program), $"Wires.Cli is not built: {program}");
        var start = new ProcessStartInfo("dotnet", ["exec", program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().Within($"wires {string.Join(' ', arguments)} does not end");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }

        return new ToolProcess(process.ExitCode, await output, await errors);
    }
}

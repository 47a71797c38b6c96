using System.Diagnostics;
using RayTracer.Rendering;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Samples;

/// <summary>The ray tracer as its user starts it, with output that is no terminal.</summary>
public sealed class RayTracerProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("raytracer-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task TheProgramWritesThePictureOfAFileAndSaysWhatItTook()
    {
        string model = Write("model.obj", "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nf 1 2 3\nf 1 2 4\nf 1 3 4\nf 2 3 4\n");
        string picture = Path.Combine(_folder, "out.png");
        (int exit, string output, string error) = await RunAsync("--obj", model, "--size", "100x60", "--samples", "3", "--nodes", "2", "--output", picture);
        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("the same as that of one node, byte for byte", output, StringComparison.Ordinal);
        Assert.EndsWith(picture + Environment.NewLine, output, StringComparison.Ordinal);
        byte[] file = await File.ReadAllBytesAsync(picture, TestContext.Current.CancellationToken);
        Assert.Equal([0, 0, 0, 100, 0, 0, 0, 60], file[16..24]);
    }

    [Fact]
    public async Task WhatIsWrongWithAFileIsSaidInOneLine()
    {
        (int exit, string output, string error) = await RunAsync("--obj", Write("broken.obj", "v 0 0 0\nf 1 2 3\n"));
        Assert.Equal(1, exit);
        Assert.Empty(output);
        Assert.Equal("broken.obj, line 2: there is no vertex 2: 1 is declared before this line", error.Trim());
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private async Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(RenderSession).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
        };
        using Process process = Process.Start(start)!;
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).Within("the program does not end");
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}

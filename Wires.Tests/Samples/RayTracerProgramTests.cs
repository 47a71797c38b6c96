using System.Diagnostics;
using System.Text;
using RayTracer.Rendering;
using Wires.Tests.Cluster;
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

    [Fact]
    public async Task WhereAProcessIsKilledThePictureIsWhole()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        string whole = Path.Combine(_folder, "whole.png"), picture = Path.Combine(_folder, "picture.png");
        string[] what = ["--size", "320x240", "--samples", "12", "--workers", "0.4"];

        // Three, so that those who are left are more than half.
        using Process first = Start(["--redis", redis.ConnectionString, .. what]), second = Start(["--redis", redis.ConnectionString, .. what]);
        try
        {
            await Task.WhenAll(LineAsync(first, static line => line.StartsWith("READY", StringComparison.Ordinal)), LineAsync(second, static line => line.StartsWith("READY", StringComparison.Ordinal))).Within();
            using Process render = Start(["--redis", redis.ConnectionString, "--render", .. what, "--output", picture]);
            try
            {
                await LineAsync(render, static line => line.Contains(" wires, load", StringComparison.Ordinal) && !line.Contains(" 0 %  ", StringComparison.Ordinal)).Within();
                second.Kill();
                await LineAsync(render, line => line == picture).Within();
                await render.WaitForExitAsync(TestContext.Current.CancellationToken).Within();
                Assert.Equal(0, render.ExitCode);
            }
            finally
            {
                render.Kill();
            }
        }
        finally
        {
            first.Kill();
            second.Kill();
        }

        (int exit, _, string error) = await RunAsync(["--nodes", "1", "--no-baseline", .. what[..4], "--output", whole]);
        Assert.Equal((0, ""), (exit, error));
        Assert.Equal(await File.ReadAllBytesAsync(whole, TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(picture, TestContext.Current.CancellationToken));
    }

    private Process Start(string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [typeof(RenderSession).Assembly.Location, .. arguments])
    {
        RedirectStandardOutput = true,
        WorkingDirectory = _folder,
    })!;

    private static async Task LineAsync(Process process, Func<string, bool> isIt)
    {
        var lines = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.AppendLine(line);
            if (isIt(line))
            {
                return;
            }
        }

        Assert.Fail($"It has ended without the expected line:\n{lines}");
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

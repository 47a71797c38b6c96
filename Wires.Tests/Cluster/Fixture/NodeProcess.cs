using System.Diagnostics;
using System.Globalization;
using System.Text;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Cluster;

/// <summary>A node in a process of its own: <c>samples/Node</c> with the wires of this assembly or of others.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private NodeProcess(string name, Process process)
    {
        Name = name;
        _process = process;
    }

    public string Name { get; }

    /// <summary>What it has printed.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public static async Task<NodeProcess> StartAsync(string redis, string cluster, string name, double leaseSeconds, IEnumerable<string>? load = null)
    {
        string program = typeof(NodeProcess).Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), inherit: false)
            .Cast<System.Reflection.AssemblyMetadataAttribute>().First(static data => data.Key == "NodeProgram").Value!;
        Assert.True(File.Exists(program), $"samples/Node is not built: {program}");
        string assemblies = string.Join(' ', (load ?? [typeof(NodeProcess).Assembly.Location]).Select(static path => $"\"{path}\""));
        string arguments = string.Create(CultureInfo.InvariantCulture, $"exec \"{program}\" --redis {redis} --cluster {cluster} --name {name} --lease {leaseSeconds} --found --no-balancing --speed 1 --load {assemblies}");
        var process = new Process { StartInfo = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true } };
        var node = new NodeProcess(name, process);
        process.OutputDataReceived += (_, line) => node.Read(line.Data);
        process.ErrorDataReceived += (_, line) => node.Read(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await node._ready.Task.Within($"node {name} does not start: {node.Output}");
        return node;
    }

    /// <summary>SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGSTOP. Once it is sent, the other threads go on until one of them has had a processor to take it: waits for all to stand still.</summary>
    public async Task FreezeAsync()
    {
        Signal("STOP");
        if (OperatingSystem.IsLinux())
        {
            await Waits.Until(
                () => Directory.GetDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/task")).All(static thread => File.ReadAllText(Path.Combine(thread, "stat")) is var stat && stat[stat.LastIndexOf(')') + 2] == 'T'),
                $"node {Name} to stand still");
        }
    }

    /// <summary>SIGCONT.</summary>
    public void Thaw() => Signal("CONT");

    /// <summary>SIGTERM: a graceful stop.</summary>
    public async Task StopAsync()
    {
        Signal("TERM");
        await _process.WaitForExitAsync().Within($"node {Name} does not stop: {Output}");
    }

    /// <summary>Completes when the process has ended by itself.</summary>
    public Task ExitedAsync() => _process.WaitForExitAsync().Within($"node {Name} does not end: {Output}");

    /// <summary>Completes when it has printed a text.</summary>
    public Task Prints(string text) => Waits.Until(() => Output.Contains(text, StringComparison.Ordinal), $"node {Name} does not print '{text}': {Output}");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Signal(string signal)
    {
        using Process kill = Process.Start("kill", string.Create(CultureInfo.InvariantCulture, $"-{signal} {_process.Id}"));
        kill.WaitForExit();
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (line.StartsWith("READY", StringComparison.Ordinal))
        {
            _ready.TrySetResult();
        }
    }
}

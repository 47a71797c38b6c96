using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wires.Infrastructure;
using Wires.Mailboxes;
using Xunit;

namespace Wires.Tests.Runtime;

/// <summary>A node with its own time, log and probe.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly CallMode _mode;

    private TestNode(CallMode mode, ServiceProvider services)
    {
        _mode = mode;
        _services = services;
        Node = services.GetRequiredService<WireNode>();
    }

    public WireNode Node { get; }

    public IWires Wires => Node;

    /// <summary>Stands still unless the node was made with real time.</summary>
    public required ManualTimeProvider Time { get; init; }

    public Probe Probe => _services.GetRequiredService<Probe>();

    public required LogCollector Log { get; init; }

    public IServiceProvider Services => _services;

    public static TestNode Create(
        CallMode mode = CallMode.Queued,
        Action<WiresOptions>? configure = null,
        Action<IServiceCollection>? services = null,
        bool realTime = false)
    {
        var time = new ManualTimeProvider();
        var log = new LogCollector();
        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(realTime ? TimeProvider.System : time);
        collection.AddSingleton<Probe>();
        collection.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log));
        collection.AddWires(options =>
        {
            options.NodeName = "test";
            options.InlineCalls = mode == CallMode.Inlined;

            // Machines that run tests stand still now and then: only tests of the watchdog want it.
            options.GreedyTurn = TimeSpan.FromMinutes(5);
            configure?.Invoke(options);
        });
        services?.Invoke(collection);
        return new TestNode(mode, collection.BuildServiceProvider()) { Time = time, Log = log };
    }

    /// <summary>A ref, to a class whose methods all count as short in inlined mode.</summary>
    public TRef Get<TRef>(string key = "a")
        where TRef : struct, IWireRef<TRef>
    {
        if (_mode == CallMode.Inlined)
        {
            Warm<TRef>();
        }

        return Wires.Get<TRef>(key);
    }

    /// <summary>Lets the runtime believe that it has measured the methods of a class as short.</summary>
    public static void Warm<TRef>()
        where TRef : struct, IWireRef<TRef>
    {
        foreach (WireMethod method in TRef.Type.Methods)
        {
            for (int i = 0; i < 32; i++)
            {
                method.Profile.Record(0);
            }
        }
    }

    /// <summary>The live wire behind a ref, for looks at its mailbox; null if it is not alive.</summary>
    public Activation? Find<TRef>(TRef wire)
        where TRef : struct, IWireRef<TRef> => Node.Directory.Find(wire.Handle!);

    /// <summary>Completes once the wire runs no turn and nothing waits in its mailbox; calls may be suspended.</summary>
    public Task Settled<TRef>(TRef wire)
        where TRef : struct, IWireRef<TRef> =>
        Waits.Until(() => Find(wire) is { } activation && activation.Head is { Depth: < 0 }, $"wire {wire} does not come to rest");

    /// <summary>Fails if a wire of this test saw what must not be.</summary>
    public void AssertClean() => Assert.Empty(Probe.Failures);

    public async ValueTask DisposeAsync() => await _services.DisposeAsync().Within("the node does not stop");
}

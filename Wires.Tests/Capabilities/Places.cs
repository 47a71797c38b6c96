using Wires.Tests.Runtime;

namespace Wires.Tests.Capabilities;

/// <summary>What <see cref="IPlace"/> extends: deputies serve its methods too.</summary>
public interface INamed
{
    ValueTask<string> NameAsync();
}

/// <summary>A service that tells its node.</summary>
[Home]
public interface IPlace : INamed
{
    ValueTask NoteAsync(string caller, int number);

    Task<int> DoubleAsync(int[] values);

    Task TouchAsync();

    ValueTask<Pass> StampAsync(Pass pass);

    ValueTask WaitAsync(string gate, CancellationToken cancellation = default);

    ValueTask<int> FailAsync(string why);

    ValueTask<int> AskBackAsync(TravellerRef caller);

    ValueTask<List<int>> ListAsync();
}

/// <summary>A service that does not answer.</summary>
[Home(CallTimeout = "00:00:00.5")]
public interface ISilence
{
    ValueTask<int> WaitAsync();
}

/// <summary>A service that nobody has.</summary>
[Home]
public interface IMissing
{
    ValueTask DoAsync();
}

/// <summary>Shared between wires of one node, and copied between nodes.</summary>
[Immutable]
public sealed class Pass(string name)
{
    public string Name { get; } = name;
}

/// <summary>One for each node.</summary>
public sealed class Place(string node, Probe probe) : IPlace, ISilence, IDisposable
{
    private readonly List<int> _list = [1, 2];

    public ValueTask<string> NameAsync() => new(node);

    public ValueTask NoteAsync(string caller, int number)
    {
        probe.Note($"{node} {caller} {number}");
        return default;
    }

    public async Task<int> DoubleAsync(int[] values)
    {
        await Task.Yield();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] *= 2;
        }

        return values.Sum();
    }

    public Task TouchAsync() => Task.CompletedTask;

    public ValueTask<Pass> StampAsync(Pass pass) => new(pass);

    public async ValueTask WaitAsync(string gate, CancellationToken cancellation)
    {
        probe.Note($"{node} waits for {gate}");
        try
        {
            await probe.Gate(gate).WaitAsync(cancellation);
            probe.Note($"{node} has waited for {gate}");
        }
        catch (OperationCanceledException)
        {
            probe.Note($"{node} gives {gate} up");
            throw;
        }
    }

    public ValueTask<int> FailAsync(string why) => throw new ArgumentException(why);

    public async ValueTask<int> AskBackAsync(TravellerRef caller) => 1 + await caller.Seven();

    public ValueTask<List<int>> ListAsync() => new(_list);

    public async ValueTask<int> WaitAsync()
    {
        await probe.Gate("never");
        return 0;
    }

    public void Dispose() => probe.Note($"{node} is disposed");
}

using Wires.Tests.Cluster;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Migration;

/// <summary>Awaits in one method a call that another one has begun, which has ended.</summary>
[Wire]
public partial class Heir
{
    [Local]
    private ValueTask<int> _left;

    public void Begin(InnRef inn) => _left = inn.Later(7, 2000);

    public async WireTask<string> Inherit(string to)
    {
        ValueTask<int> left = _left;
        string why = "";
        try
        {
            await Wire.MoveTo(to);
        }
        catch (WireMigrationException e)
        {
            why = e.Reason.ToString();
        }

        return $"{Wire.Node} {await left} {why}";
    }

    /// <summary>Takes the outcome long after it has come.</summary>
    public async WireTask<string> TakeLate(InnRef inn, string first, string second)
    {
        ValueTask<int> own = inn.Later(3, 1);
        await Wire.Delay(TimeSpan.FromSeconds(2));
        await Wire.MoveTo(first);
        await Wire.Delay(TimeSpan.FromSeconds(2));
        await Wire.MoveTo(second);
        return $"{Wire.Node} {await own}";
    }

    /// <summary>Takes it in a stream.</summary>
    public async IAsyncEnumerable<int> TakeLateInAStream(InnRef inn)
    {
        ValueTask<int> own = inn.Later(3, 1);
        yield return 1;
        yield return await own;
    }

    /// <summary>With a call of its own, which ends before the wire moves on.</summary>
    public async WireTask<string> InheritMore(InnRef inn, string first, string second)
    {
        ValueTask<int> left = _left;
        ValueTask<int> own = inn.Later(3, 500);
        await Wire.MoveTo(first);
        int three = await own;
        await Wire.MoveTo(second);
        return $"{Wire.Node} {three} {await left}";
    }
}

/// <summary>What a moving wire has under way is told by what its suspended calls count; calls whose method has ended are counted by none of them.</summary>
public sealed class InheritedCallTests : IAsyncLifetime
{
    private LocalCluster _cluster = null!;

    private LocalNode One => _cluster.Nodes[0];

    private LocalNode Two => _cluster.Nodes[1];

    private LocalNode Three => _cluster.Nodes[2];

    public async ValueTask InitializeAsync() => _cluster = await Clusters.StartAsync(3);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task ACallOfAMethodThatHasEndedPins()
    {
        HeirRef wire = await BeginAsync();
        string said = await wire.Inherit(Two.Name).Within();
        Assert.StartsWith($"{One.Name} 70 Local 'left' of Heir.Inherit", said, StringComparison.Ordinal);
        Assert.Contains("another method of the wire has begun", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneThatHasComeAlongOnceComesAlongAgain()
    {
        HeirRef wire = await BeginAsync();
        InnRef inn = await Clusters.HomedAsync<InnRef>(_cluster, One, Three);
        Assert.Equal($"{Three.Name} 30 70", await wire.InheritMore(inn, Two.Name, Three.Name).Within());
    }

    [Fact]
    public async Task OneThatHasBeenAnsweredComesAlongAgain()
    {
        HeirRef wire = await BeginAsync();

        // Takes its guests one after another: what the wire has inherited is answered first.
        InnRef inn = await Clusters.HomedAsync<InnRef>(_cluster, One, Two);
        Assert.Equal($"{Three.Name} 30 70", await wire.InheritMore(inn, Two.Name, Three.Name).Within());
    }

    [Fact]
    public async Task AnOutcomeThatIsTakenLateComesAlong()
    {
        HeirRef wire = await BeginAsync();
        InnRef inn = await Clusters.HomedAsync<InnRef>(_cluster, One, Three);
        Assert.Equal($"{Three.Name} 30", await wire.TakeLate(inn, Two.Name, Three.Name).Within());
    }

    [Fact]
    public async Task AStreamTakesOneLateToo()
    {
        HeirRef wire = await Clusters.HomedAsync<HeirRef>(_cluster, One, One);
        InnRef inn = await Clusters.HomedAsync<InnRef>(_cluster, One, Three);
        var items = new List<int>();
        await foreach (int item in wire.TakeLateInAStream(inn))
        {
            items.Add(item);
            if (item == 1)
            {
                await Task.Delay(2000, TestContext.Current.CancellationToken);
                await Clusters.MoveAsync(wire.Id, Two);
            }
        }

        Assert.Equal([1, 30], items);
    }

    private async Task<HeirRef> BeginAsync()
    {
        HeirRef wire = await Clusters.HomedAsync<HeirRef>(_cluster, One, One);
        InnRef inn = await Clusters.HomedAsync<InnRef>(_cluster, One, Two);
        await wire.Begin(inn).Within();
        return wire;
    }
}

#pragma warning disable WIRE3002 // What keeps a wire is what these are about.
#pragma warning disable CA1859, CA1861 // And what a variable is declared as.

namespace Wires.Tests.Migration;

/// <summary>Not named by any message or state.</summary>
public class Bag
{
    public int Weight { get; set; }
}

public sealed class Rucksack : Bag
{
    public int Straps { get; set; }
}

public interface ICarried
{
    int Volume { get; }
}

public abstract class Vessel : ICarried
{
    public abstract int Volume { get; }
}

public sealed class Bottle : Vessel
{
    public override int Volume => 1;
}

public sealed class Tent : IDisposable
{
    public int Persons { get; set; }

    public void Dispose() => Persons = 0;
}

public sealed class LostException(string place) : Exception("lost at " + place)
{
    public string Place => place;
}

/// <summary>Tries to move with all kinds of things in its variables.</summary>
[Wire]
public partial class Packer
{
    public async WireTask<string> With(string what, string to) => what switch
    {
        "collections" => await Collections(to),
        "values" => await Values(to),
        "class of a base class" => await Derived(to),
        "delegate" => await Delegates(to),
        "disposable" => await Disposable(to),
        "task" => await Tasks(to),
        "token source" => await TokenSource(to),
        "token that never fires" => await NoToken(to, CancellationToken.None),
        "abstract class" => await Abstract(to),
        "interface" => await Interface(to),
        "object" => await Object(to),
        "enumerator of an interface" => await InterfaceEnumerator(to),
        "sequence of an interface" => await InterfaceSequence(to),
        "query" => await Query(to),
        "exception" => await Exception(to),
        "delay with a token" => await DelayWithToken(to),
        "semaphore" => await Semaphore(to),
        _ => throw new ArgumentException(what, nameof(what)),
    };

    public async WireTask Sleep(int milliseconds, CancellationToken cancellation) => await Sleeping(milliseconds, cancellation.CanBeCanceled);

    private static async WireTask Sleeping(int milliseconds, bool _) => await Wire.Delay(TimeSpan.FromMilliseconds(milliseconds));

    public async WireTask HoldTent(int milliseconds)
    {
        using var tent = new Tent { Persons = 1 };
        await Wire.Delay(TimeSpan.FromMilliseconds(milliseconds));
    }

    public async WireTask AwaitTask() => await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, CancellationToken.None);

    public async ValueTask AsValueTask() => await Wire.Delay(TimeSpan.FromMilliseconds(300));

    public async WireTask AwaitValueTask() => await AsValueTask();

    public async IAsyncEnumerable<int> Stream()
    {
        for (int i = 0; i < 3; i++)
        {
            await Wire.Delay(TimeSpan.FromMilliseconds(100));
            yield return i;
        }
    }

    public async WireTask<int> Consume(PackerRef other)
    {
        int sum = 0;
        await foreach (int item in other.Stream())
        {
            sum += item;
        }

        return sum;
    }

    // What kept it, or nothing. The frames around this one are looked at too.
    private static async WireTask<string> Move(string to)
    {
        try
        {
            await Wire.MoveTo(to);
            return "";
        }
        catch (WireMigrationException e)
        {
            return $"{e.Reason.Kind}: {e.Message}";
        }
    }

    private static async WireTask<string> Collections(string to)
    {
        var set = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "a", "b" };
        var queue = new Queue<int>([1, 2]);
        var stack = new Stack<long>([1, 2]);
        var map = new Dictionary<int, Bag> { [1] = new Bag { Weight = 1 }, [2] = new Bag { Weight = 2 } };
        string seen = "";
        string why = "";
        foreach (string item in set)
        {
            foreach (int number in queue)
            {
                foreach (long other in stack)
                {
                    foreach (int key in map.Keys)
                    {
                        foreach (Bag bag in map.Values)
                        {
                            why += item == "b" && number == 2 && other == 1 && key == 1 && bag.Weight == 2 ? await Move(to) : "";
                            seen += $"{item}{number}{other}{key}{bag.Weight} ";
                        }
                    }
                }
            }
        }

        string expected = string.Concat(
            from item in set from number in queue from other in stack from key in map.Keys from bag in map.Values select $"{item}{number}{other}{key}{bag.Weight} ");
        return why + (seen == expected && set.Contains("A") ? "" : seen);
    }

    private static async WireTask<string> Values(string to)
    {
        var pair = (Name: "x", new Bag { Weight = 3 });
        int? number = 4;
        TimeSpan? none = null;
        var anonymous = new { pair.Name, Number = number };
        byte[][] jagged = [[1], [2, 3]];
        var time = DateTimeOffset.UnixEpoch;
        string why = await Move(to);
        return why + (pair is ("x", { Weight: 3 }) && number == 4 && none is null && anonymous is { Name: "x", Number: 4 } && jagged[1][1] == 3 && time == DateTimeOffset.UnixEpoch ? "" : "changed");
    }

    private static async WireTask<string> Derived(string to)
    {
        Bag bag = new Rucksack { Weight = 1, Straps = 2 };
        string why = await Move(to);
        return why + (bag is Rucksack { Weight: 1, Straps: 2 } ? "" : "changed");
    }

    private static async WireTask<string> Delegates(string to)
    {
        Func<int, int> twice = static x => 2 * x;
        string why = await Move(to);
        return why + (twice(2) == 4 ? "" : "changed");
    }

    private static async WireTask<string> Disposable(string to)
    {
        using var tent = new Tent { Persons = 2 };
        string why = await Move(to);
        return why + (tent.Persons == 2 ? "" : "changed");
    }

    private static async WireTask<string> Tasks(string to)
    {
        Task<int> task = Task.FromResult(1);
        string why = await Move(to);
        return why + (await task == 1 ? "" : "changed");
    }

    private static async WireTask<string> TokenSource(string to)
    {
        using var source = new CancellationTokenSource();
        string why = await Move(to);
        return why + (source.IsCancellationRequested ? "changed" : "");
    }

    private static async WireTask<string> NoToken(string to, CancellationToken cancellation)
    {
        string why = await Move(to);
        return why + (cancellation.IsCancellationRequested ? "changed" : "");
    }

    private static async WireTask<string> Abstract(string to)
    {
        Vessel vessel = new Bottle();
        string why = await Move(to);
        return why + (vessel.Volume == 1 ? "" : "changed");
    }

    private static async WireTask<string> Interface(string to)
    {
        ICarried carried = new Bottle();
        string why = await Move(to);
        return why + (carried.Volume == 1 ? "" : "changed");
    }

    private static async WireTask<string> Object(string to)
    {
        object bag = new Bag { Weight = 1 };
        string why = await Move(to);
        return why + (bag is Bag { Weight: 1 } ? "" : "changed");
    }

    private static async WireTask<string> InterfaceEnumerator(string to)
    {
        IReadOnlyList<int> list = new List<int> { 1, 2 };
        string why = "";
        int sum = 0;
        foreach (int item in list)
        {
            why = item == 1 ? await Move(to) : why;
            sum += item;
        }

        return why + (sum == 3 ? "" : "changed");
    }

    private static async WireTask<string> InterfaceSequence(string to)
    {
        IReadOnlyList<int> list = new List<int> { 1, 2 };
        string why = await Move(to);
        return why + (list.Sum() == 3 ? "" : "changed");
    }

    private static async WireTask<string> Query(string to)
    {
        int by = 2;
        IEnumerable<int> query = new[] { 1, 2 }.Select(x => x * by);
        string why = await Move(to);
        return why + (query.Sum() == 6 ? "" : "changed");
    }

    private static async WireTask<string> Exception(string to)
    {
        string why = "";
        try
        {
            throw new LostException("sea");
        }
        catch (LostException e)
        {
            why = await Move(to);
            return why + (e.Place == "sea" ? "" : "changed");
        }
    }

    private static async WireTask<string> DelayWithToken(string to)
    {
        WireTask delay = Wire.Delay(TimeSpan.FromSeconds(3), new CancellationTokenSource().Token);
        string why = await Move(to);
        await delay;
        return why;
    }

    private static async WireTask<string> Semaphore(string to)
    {
        var semaphore = new SemaphoreSlim(1);
        string why = await Move(to);
        return why + (semaphore.CurrentCount == 1 ? "" : "changed");
    }
}

/// <summary>A timer of it is suspended until a gate is opened for it.</summary>
[Wire]
public partial class Ticking
{
    private int _begun;
    private int _ended;
    private GateRef? _gate;

    public void Meet(GateRef gate) => _gate = gate;

    public (int Begun, int Ended) Ticks() => (_begun, _ended);

    [Every("00:00:00.010")]
    private async WireTask Tick()
    {
        if (_gate is { } gate)
        {
            await gate.Pass(++_begun);
            _ended++;
        }
    }
}

/// <summary>Lets others wait.</summary>
[Wire]
public partial class Gate
{
    private int _waiting;
    private int _open;

    [Interleave]
    public async WireTask Pass(int number)
    {
        _waiting = number;
        while (_open < number)
        {
            await Wire.Delay(TimeSpan.FromMilliseconds(5));
        }
    }

    /// <summary>Who has come last.</summary>
    [Interleave]
    public int Waiting() => _waiting;

    [Interleave]
    public void Open(int number) => _open = number;
}

/// <summary>Takes its time to come to life.</summary>
[Wire]
public partial class Greeter : IAttached
{
    private int _greeted;

    public int Greeted() => _greeted;

    public async WireTask OnAttached(AttachReason reason)
    {
        await Wire.Delay(TimeSpan.FromMilliseconds(500));
        _greeted++;
    }
}

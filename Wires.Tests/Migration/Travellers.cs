using Wires.Tests.Runtime;

namespace Wires.Tests.Migration;

public sealed class Luggage
{
    public int Weight { get; set; }

    public Luggage? Inner { get; set; }
}

/// <summary>Not named by any message or state.</summary>
public sealed class Diary
{
    private readonly List<string> _lines = [];

    public Diary? Earlier { get; set; }

    public IReadOnlyList<string> Lines => _lines;

    public void Write(string line) => _lines.Add(line);
}

[Wire]
public partial class Inn
{
    private readonly List<int> _guests = [];

    public int Guest(int number)
    {
        _guests.Add(number);
        return _guests.Count;
    }

    public async WireTask<int> SlowGuest(int number)
    {
        await Wire.Delay(TimeSpan.FromMilliseconds(150));
        _guests.Add(number);
        return number * 10;
    }

    /// <summary>Takes its time.</summary>
    public async WireTask<int> Later(int number, int milliseconds)
    {
        await Wire.Delay(TimeSpan.FromMilliseconds(milliseconds));
        return number * 10;
    }

    public async WireTask Fail(string why)
    {
        await Wire.Delay(TimeSpan.FromMilliseconds(100));
        throw new InvalidOperationException(why);
    }

    /// <summary>Comes back to who has called, wherever that one is by then.</summary>
    public async WireTask<int> AskBack(TravellerRef guest)
    {
        await Wire.Delay(TimeSpan.FromMilliseconds(400));
        return await guest.Sum();
    }

    public int[] Guests() => [.. _guests];
}

/// <summary>Methods that are suspended in all the ways that there are, and come through a move.</summary>
[Wire]
public partial class Traveller
{
    private readonly List<string> _places = [];
    private List<int> _shared = [];
    private int _sum;

    public string[] Places() => [.. _places];

    public int Sum() => _sum;

    public string Where() => Wire.Node;

    public async WireTask<string> Walk(string[] nodes)
    {
        var seen = new List<string>();
        foreach (string node in nodes)
        {
            await Wire.MoveTo(node);
            seen.Add(Wire.Node);
            _places.Add(Wire.Node);
        }

        return string.Join(' ', seen);
    }

    public async WireTask Lost() => await Wire.MoveTo("nowhere");

    /// <summary>Moves with the failure of another move, and says what it was.</summary>
    public async WireTask<string> LostBefore(string node)
    {
        WireTask lost = Lost();
        while (!lost.IsCompleted)
        {
            await Wire.Delay(TimeSpan.FromMilliseconds(1));
        }

        await Wire.MoveTo(node);
        try
        {
            await lost;
            return "";
        }
        catch (WireMigrationException e)
        {
            return e.Reason.Text;
        }
    }

    public async WireTask<string> Nowhere()
    {
        try
        {
            await Wire.MoveTo("nowhere");
        }
        catch (WireMigrationException e)
        {
            return e.Message;
        }

        return "moved";
    }

    public async WireTask<int> Sleep(int milliseconds, int result)
    {
        await Wire.Delay(TimeSpan.FromMilliseconds(milliseconds));
        return result;
    }

    public async WireTask<int> Spin(int rounds)
    {
        int sum = 0;
        for (int i = 1; i <= rounds; i++)
        {
            sum += i;
            await Wire.Yield();
        }

        return sum;
    }

    public async WireTask<string> Frames(string to)
    {
        int before = _places.Count;
        string inner = await Outer(to, 3);
        return $"{inner} {before} {Wire.Node}";
    }

    private async WireTask<string> Outer(string to, int depth)
    {
        if (depth > 0)
        {
            string result = await Outer(to, depth - 1);
            return $"{result}{depth}";
        }

        await Wire.MoveTo(to);
        return "x";
    }

    public async WireTask<string> Shared(string to)
    {
        List<int> same = _shared;
        var luggage = new Luggage { Weight = 1 };
        luggage.Inner = luggage;
        Luggage alias = luggage;
        var diary = new Diary { Earlier = new Diary() };
        diary.Earlier.Write("first");
        diary.Write("second");
        same.Add(await Number(to));
        alias.Weight++;
        return $"{ReferenceEquals(same, _shared)} {_shared.Count} {ReferenceEquals(alias, luggage)} {ReferenceEquals(luggage.Inner, luggage)} {luggage.Weight} {string.Join(',', diary.Earlier.Lines)} {string.Join(',', diary.Lines)}";
    }

    private static async WireTask<int> Number(string to)
    {
        await Wire.MoveTo(to);
        return 42;
    }

    public async WireTask<string> Closures(string to)
    {
        int counter = 1;
        string text = "a";

        async WireTask<int> Add(int by)
        {
            counter += by;
            await Wire.MoveTo(to);
            counter += by;
            _sum += counter;
            return counter;
        }

        int first = await Add(10);
        text += "b";
        return $"{first} {counter} {text} {_sum}";
    }

    public async WireTask<string> Enumerators(string to)
    {
        var list = new List<int> { 1, 2, 3, 4 };
        var map = new Dictionary<string, int> { ["x"] = 1, ["gone"] = 0, ["y"] = 2, ["z"] = 3 };
        map.Remove("gone");
        int[] array = [5, 6, 7];
        int sum = 0;
        foreach (int item in list)
        {
            foreach ((string key, int value) in map)
            {
                foreach (int element in array)
                {
                    if (item == 2 && key == "y" && element == 6)
                    {
                        await Wire.MoveTo(to);
                    }

                    sum += (item * 100) + (value * 10) + element;
                }
            }
        }

        return $"{sum} {Wire.Node}";
    }

    public async WireTask<string> Exceptions(string to)
    {
        var log = new List<string>();
        try
        {
            try
            {
                throw new InvalidOperationException("inner");
            }
            catch (InvalidOperationException e) when (e.Message.Length > 0)
            {
                await Wire.MoveTo(to);
                log.Add(e.Message);
                throw new ArgumentException("outer");
            }
            finally
            {
                log.Add("finally");
                await Wire.Yield();
                log.Add(Wire.Node);
            }
        }
        catch (ArgumentException e)
        {
            log.Add(e.Message);
        }

        return string.Join(' ', log);
    }

    public async WireTask<string> PendingFinally(string to)
    {
        var log = new List<string>();
        try
        {
            try
            {
                throw new InvalidOperationException("pending");
            }
            finally
            {
                await Wire.MoveTo(to);
                log.Add(Wire.Node);
            }
        }
        catch (InvalidOperationException e)
        {
            log.Add(e.Message);
        }

        return string.Join(' ', log);
    }

    public async WireTask<string> Calls(InnRef near, InnRef far, string to)
    {
        ValueTask<int> a = near.SlowGuest(1);
        ValueTask<int> b = far.SlowGuest(2);
        await Wire.MoveTo(to);
        int first = await a;
        int second = await b;
        return $"{first} {second} {Wire.Node}";
    }

    public async WireTask<int> AwaitGuest(InnRef inn, int number) => await inn.SlowGuest(number);

    public async WireTask<string> AwaitFailure(InnRef inn)
    {
        try
        {
            await inn.Fail("full");
        }
        catch (InvalidOperationException e)
        {
            return $"{e.Message} {Wire.Node}";
        }

        return "";
    }

    public async WireTask<int> All(InnRef[] inns)
    {
        int[] results = await Wire.WhenAll([.. inns.Select(static (inn, i) => inn.SlowGuest(i))]);
        return results.Sum();
    }

    /// <summary>Moves before any of the calls has ended.</summary>
    public async WireTask<string> Race(InnRef slow, InnRef quick, string to)
    {
        ValueTask<int> behind = slow.Later(1, 400);
        ValueTask<int> ahead = quick.Later(2, 150);
        WireTask<int> race = Wire.WhenAny(behind, ahead);
        await Wire.MoveTo(to);
        int first = await race;
        return $"{first} {await ahead} {await behind} {Wire.Node}";
    }

    public async WireTask<string> Children(string to)
    {
        WireTask<int> begun = Sleep(80, 7);
        WireTask<int> done = Ready();
        await Wire.MoveTo(to);
        return $"{await begun} {await done} {Wire.Node}";
    }

    private static async WireTask<int> Ready()
    {
        await Wire.Yield();
        return 8;
    }


    [Interleave]
    public async WireTask<int> Beside(int milliseconds, int number)
    {
        await Wire.Delay(TimeSpan.FromMilliseconds(milliseconds));
        _sum += number;
        return _sum;
    }

    [OneWay]
    public async WireTask Tell(int milliseconds)
    {
        await Wire.Delay(TimeSpan.FromMilliseconds(milliseconds));
        _places.Add(Wire.Node);
    }

    public async WireTask<string> Stuck(string to)
    {
#pragma warning disable WIRE3002 // What keeps a wire is what this is about.
        using var stream = new MemoryStream();
#pragma warning restore WIRE3002
        try
        {
            await Wire.MoveTo(to);
        }
        catch (WireMigrationException e)
        {
            return e.Message + stream.Length;
        }

        return "moved";
    }

    public async WireTask<string> Tasks(int milliseconds, string file)
    {
        await Task.Delay(milliseconds);
        await Task.Delay(milliseconds).ConfigureAwait(true);
        string failure = "";
        try
        {
            await Task.Delay(Timeout.Infinite, new CancellationTokenSource(milliseconds).Token);
        }
        catch (OperationCanceledException)
        {
            failure = "late";
        }

        string text = await File.ReadAllTextAsync(file);
        return $"{text} {failure}";
    }

    public async WireTask<int> OwnTask(int milliseconds)
    {
        return await LaterAsync(milliseconds);

        static async Task<int> LaterAsync(int milliseconds)
        {
            await Task.Delay(milliseconds);
            return 5;
        }
    }

    public async WireTask<string> Cancellable(CancellationToken cancellation)
    {
        try
        {
            await Wire.Delay(TimeSpan.FromSeconds(30), cancellation);
        }
        catch (OperationCanceledException)
        {
            return $"{cancellation.IsCancellationRequested} {Wire.Node}";
        }

        return "not cancelled";
    }

    public async WireTask<string> PassOn(TravellerRef other, CancellationToken cancellation) => $"{await other.Cancellable(cancellation)} {Wire.Node}";

    /// <summary>Calls back by way of another wire while it waits for it: let in, as it comes round its own chain.</summary>
    public async WireTask<string> Round(TravellerRef other, TravellerRef self) => $"{await other.AskBack(self)} {Wire.Node}";

    public async WireTask<string> AskBack(TravellerRef who)
    {
        await Wire.Delay(TimeSpan.FromMilliseconds(150));
        return await who.Where();
    }

    public async WireTask<int> AskSleeper(TravellerRef sleeper, int milliseconds, int result) => 1 + await sleeper.Sleep(milliseconds, result);
}

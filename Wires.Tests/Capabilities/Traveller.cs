namespace Wires.Tests.Capabilities;

/// <summary>Moves about, and calls home.</summary>
[Wire]
public partial class Traveller(IPlace place, ISilence silence)
{
    private readonly Pass _pass = new("pass");
    private int _notes;

    public string Where() => Wire.Node;

    public string Home() => Wire.Home;

    public void Settle() => Wire.Settle();

    public async WireTask<string> Name() => await place.NameAsync();

    public async WireTask Note(int count)
    {
        var notes = new List<ValueTask>();
        for (int i = 0; i < count; i++)
        {
            notes.Add(place.NoteAsync(Wire.Self.Key.ToString(), _notes++));
        }

        foreach (ValueTask note in notes)
        {
            await note;
        }
    }

    public async WireTask<int[]> Twice(int[] values)
    {
        int sum = await place.DoubleAsync(values);
        await place.TouchAsync();
        return [.. values, sum];
    }

    public async WireTask<bool> GetsItsOwnPassBack() => ReferenceEquals(_pass, await place.StampAsync(_pass));

    [Interleave]
    public async WireTask Wait(string gate, CancellationToken cancellation) => await place.WaitAsync(gate, cancellation);

    public async WireTask<int> Fail(string why) => await place.FailAsync(why);

    public async WireTask<int> AskBack() => await place.AskBackAsync(Wire.Self.As<TravellerRef>());

    public int Seven() => 7;

    public async WireTask<List<int>> ChangeList()
    {
        List<int> list = await place.ListAsync();
        list.Add(3);
        return await place.ListAsync();
    }

    public async WireTask<int> Silence() => await silence.WaitAsync();

    [Interleave]
    public async WireTask<string> NameMeanwhile() => await place.NameAsync();
}

/// <summary>Asks for what is nowhere.</summary>
[Wire]
public partial class Beggar(IMissing missing)
{
    public async WireTask Beg() => await missing.DoAsync();
}

using Wires.Tests.Runtime;

namespace Wires.Tests.Migration;

public abstract class Parcel
{
    public int Weight { get; set; }
}

/// <summary>Not named by any message or state.</summary>
public sealed class Crate : Parcel
{
    public List<int> Content { get; } = [];
}

/// <summary>What suspended methods keep besides the values that they still use.</summary>
public partial class Traveller
{
    public async WireTask<string> Spent(InnRef inn, string to)
    {
        ValueTask<int> call = inn.SlowGuest(1);
        ValueTask<int> other = inn.SlowGuest(2);
        WireTask<int> method = Ready();
        await Wire.Yield();
        int sum = await call + await other + await method;
        await Wire.MoveTo(to);
        string twice = "";
        try
        {
            sum += await call;
        }
        catch (InvalidOperationException e)
        {
            twice = e.Message;
        }

        try
        {
            sum += await method;
        }
        catch (InvalidOperationException e)
        {
            twice += e.Message;
        }

        return $"{sum} {Wire.Node} {twice}";
    }

    public async WireTask<string> FailedBefore(string to)
    {
        WireTask<int> failed = Failing();
        await Wire.Delay(TimeSpan.FromMilliseconds(50));
        await Wire.MoveTo(to);
        try
        {
            return (await failed).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (InvalidOperationException e)
        {
            return $"{e.Message} {Wire.Node}";
        }
    }

    private static async WireTask<int> Failing()
    {
        await Wire.Yield();
        throw new InvalidOperationException("failed");
    }

    public async WireTask<string> Kinds(string to)
    {
        Parcel parcel = new Crate { Weight = 3, Content = { 4 } };
        Parcel same = parcel;
        int[,] table = { { 1, 2 }, { 3, 4 } };
        int[,,] cube = { { { 5 } } };
        await Wire.MoveTo(to);
        return $"{parcel.Weight} {((Crate)same).Content[0]} {ReferenceEquals(parcel, same)} {table[1, 0]} {cube[0, 0, 0]} {Wire.Node}";
    }

    public async WireTask<string> OneException(string to)
    {
        try
        {
            throw new InvalidOperationException("one");
        }
        catch (InvalidOperationException e)
        {
            Exception same = e;
            await Wire.MoveTo(to);
            return $"{same.Message} {ReferenceEquals(e, same)} {Wire.Node}";
        }
    }

    public async WireTask<string> LambdaInALoop(string to)
    {
        int sum = 0;
        for (int i = 0; i < 3; i++)
        {
            // The compiler keeps the delegate in the closure for the next round.
            sum += await Call(async by =>
            {
                await Wire.MoveTo(to);
                sum += by;
                return sum;
            });
        }

        return $"{sum} {Wire.Node}";
    }

    private static WireTask<int> Call(Func<int, WireTask<int>> method) => method(5);

    public async WireTask<int> AskedBack(InnRef inn, TravellerRef self)
    {
        _sum = 7;
        return await inn.AskBack(self);
    }

    public async WireTask<string> MoveTogether(string to)
    {
        WireTask first = Wire.MoveTo(to);
        WireTask second = Wire.MoveTo(to);
        await Wire.MoveTo(to);
        await second;
        await first;
        return Wire.Node;
    }
}

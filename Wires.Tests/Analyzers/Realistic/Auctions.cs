using System.Collections.Immutable;

namespace Auctions;

public readonly record struct Bid(string Bidder, decimal Amount, DateTimeOffset At);

public abstract record Outcome
{
    private Outcome() { }

    public sealed record Sold(string Winner, decimal Price) : Outcome;

    public sealed record Unsold(string Reason) : Outcome;
}

public enum Refusal { None, Closed, TooLow, OwnLot }

[Wire(IdleAfter = "01:00:00")]
public partial class Auction(TimeProvider time, IWires wires) : IAttached
{
    private static readonly TimeSpan s_extension = TimeSpan.FromMinutes(2);
    private readonly SortedSet<Bid> _bids = new(Comparer<Bid>.Create(static (a, b) => a.Amount.CompareTo(b.Amount)));
    private string _seller = "";
    private decimal _reserve;
    private DateTimeOffset _closes;
    private bool _isClosed;

    public WireTask OnAttached(AttachReason reason)
    {
        if (reason == AttachReason.Created)
        {
            _closes = time.GetUtcNow().AddDays(7);
        }

        return WireTask.CompletedTask;
    }

    public void Open(string seller, decimal reserve, TimeSpan length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(reserve);
        (_seller, _reserve) = (seller, reserve);
        _closes = time.GetUtcNow() + length;
    }

    public Refusal Place(string bidder, decimal amount)
    {
        DateTimeOffset now = time.GetUtcNow();
        Refusal refusal = (bidder, amount) switch
        {
            _ when _isClosed || now > _closes => Refusal.Closed,
            (var who, _) when who == _seller => Refusal.OwnLot,
            (_, var much) when _bids.Count > 0 && much <= _bids.Max.Amount => Refusal.TooLow,
            _ => Refusal.None,
        };
        if (refusal is Refusal.None)
        {
            _bids.Add(new Bid(bidder, amount, now));
            if (_closes - now < s_extension)
            {
                _closes = now + s_extension;
            }
        }

        return refusal;
    }

    [Interleave]
    public decimal? Highest() => _bids is { Count: > 0, Max: var best } ? best.Amount : null;

    public async WireTask<bool> Close()
    {
        if (_isClosed)
        {
            return false;
        }

        _isClosed = true;
        if (_bids.Count > 0 && _bids.Max is var best && best.Amount >= _reserve)
        {
            await wires.Get<BidderRef>(best.Bidder).Won(best.Amount);
            foreach (string loser in _bids.Select(static b => b.Bidder).Distinct().Where(b => b != best.Bidder))
            {
                _ = wires.Get<BidderRef>(loser).Lost();
            }
        }

        return true;
    }
}

[Wire]
public partial class Bidder
{
    private readonly record struct Entry(decimal Amount, bool IsWon);

    private ImmutableList<Entry> _history = [];
    private decimal _owes;

    public void Won(decimal price)
    {
        _owes += price;
        _history = _history.Add(new Entry(price, IsWon: true));
    }

    [OneWay]
    public void Lost() => _history = _history.Add(new Entry(0, IsWon: false));

    public decimal Pay(decimal amount)
    {
        decimal change = Math.Max(0, amount - _owes);
        _owes -= amount - change;
        return change;
    }

    public double SuccessRate() => _history switch
    {
        [] => 0,
        var all => (double)all.Count(static e => e.IsWon) / all.Count,
    };

    public (int Won, int Lost, decimal Owes) Summary()
    {
        ILookup<bool, Entry> byOutcome = _history.ToLookup(static e => e.IsWon);
        return (byOutcome[true].Count(), byOutcome[false].Count(), _owes);
    }
}

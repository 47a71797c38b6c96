using System.Collections.Frozen;
using Microsoft.Extensions.Logging;

namespace Commerce;

public sealed class OutOfStockException(string sku) : Exception($"'{sku}' is out of stock.")
{
    public string Sku { get; } = sku;
}

public sealed record Reservation(Guid Id, string Sku, int Quantity, DateTimeOffset Until);

[Wire]
public sealed partial class Inventory(TimeProvider time, ILogger<Inventory> log)
{
    private static readonly FrozenSet<string> s_unlimited = new[] { "gift-card", "download" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _stock = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Guid, Reservation> _reserved = [];

    public void Receive(string sku, int quantity)
    {
        if (quantity <= 0) throw new ArgumentOutOfRangeException(nameof(quantity), quantity, "Nothing came.");
        _stock[sku] = Available(sku) + quantity;
        Log.Received(log, sku, quantity);
    }

    public Reservation Reserve(string sku, int quantity)
    {
        if (!s_unlimited.Contains(sku) && Available(sku) < quantity) throw new OutOfStockException(sku);
        var reservation = new Reservation(Guid.NewGuid(), sku, quantity, time.GetUtcNow() + TimeSpan.FromMinutes(15));
        _stock[sku] = Available(sku) - quantity;
        _reserved.Add(reservation.Id, reservation);
        return reservation;
    }

    public bool Commit(Guid id) => _reserved.Remove(id);

    public bool Release(Guid id)
    {
        if (!_reserved.Remove(id, out Reservation? reservation)) return false;
        _stock[reservation.Sku] = Available(reservation.Sku) + reservation.Quantity;
        return true;
    }

    [Every("00:01:00")]
    private void ReleaseOverdue()
    {
        foreach (Guid id in _reserved.Where(p => p.Value.Until < time.GetUtcNow()).Select(p => p.Key).ToList()) Release(id);
    }

    private int Available(string sku) => _stock.GetValueOrDefault(sku);

    private static partial class Log
    {
        public static void Received(ILogger logger, string sku, int quantity) => logger.LogInformation("Received {Quantity} of {Sku}", quantity, sku);
    }
}

public enum SagaStep { Reserve, Charge, Ship, Done }

[Wire]
public partial class Checkout(IWires wires, ILogger<Checkout> log)
{
    private SagaStep _step;
    private List<Reservation> _reservations = [];
    private Exception? LastError() => null;

    public async WireTask<SagaStep> Run(Dictionary<string, int> lines, string card, decimal total)
    {
        InventoryRef inventory = wires.Get<InventoryRef>("main");
        WalletRef wallet = wires.Get<WalletRef>(card);
        try
        {
            while (_step != SagaStep.Done)
            {
                switch (_step)
                {
                    case SagaStep.Reserve:
                        foreach ((string sku, int quantity) in lines) _reservations.Add(await inventory.Reserve(sku, quantity));
                        break;
                    case SagaStep.Charge when !await wallet.TryTake(total):
                        throw new InvalidOperationException("The card was refused.");
                    case SagaStep.Ship:
                        foreach (Reservation reservation in _reservations) await inventory.Commit(reservation.Id);
                        break;
                }

                _step++;
            }
        }
        catch (Exception e) when (e is OutOfStockException or InvalidOperationException or WireException)
        {
            log.LogWarning(e, "Undoing at {Step}", _step);
            foreach (Reservation reservation in Enumerable.Reverse(_reservations).ToArray()) await inventory.Release(reservation.Id);
            _reservations = [];
            _step = SagaStep.Reserve;
            throw;
        }
        finally
        {
            log.LogDebug("Now at {Step} {Error}", _step, LastError());
        }

        return _step;
    }
}

[Wire]
public partial class Wallet
{
    private readonly record struct Entry(DateOnly On, decimal Amount, string? Note);

    private readonly List<Entry> _entries = [];
    private decimal? _limit;

    public decimal Balance() => _entries.Sum(static e => e.Amount);
    public void Limit(decimal? limit) => _limit = limit;
    public void Put(decimal amount, string? note = null) => _entries.Add(new(DateOnly.FromDateTime(DateTime.UtcNow), amount, note));

    public bool TryTake(decimal amount)
    {
        if (amount > _limit || Balance() < amount) return false;
        Put(-amount);
        return true;
    }

    public SortedDictionary<string, decimal> ByMonth()
    {
        var months = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        foreach (IGrouping<(int Year, int Month), Entry> month in _entries.GroupBy(static e => (e.On.Year, e.On.Month)))
        {
            months[$"{month.Key.Year:D4}-{month.Key.Month:D2}"] = month.Sum(static e => e.Amount);
        }

        return months;
    }

    public async IAsyncEnumerable<string> Statement()
    {
        decimal sum = 0;
        foreach (Entry entry in _entries)
        {
            sum += entry.Amount;
            yield return $"{entry.On:O} {entry.Amount,12:N2} {sum,12:N2} {entry.Note ?? "-"}";
        }

        await Wire.Yield();
    }
}

[Wire]
public partial class PriceList
{
    private readonly Dictionary<string, decimal> _prices = [];
    private readonly List<Discount> _discounts = [];

    public sealed record Discount(string Prefix, int Percent);

    public void Set(string sku, decimal price) => _prices[sku] = price;
    public void Add(Discount discount) => _discounts.Add(discount);

    public decimal? PriceOf(string sku)
    {
        if (!_prices.TryGetValue(sku, out decimal price)) return null;
        int percent = _discounts.Where(d => sku.StartsWith(d.Prefix, StringComparison.Ordinal)).Select(d => d.Percent).DefaultIfEmpty().Max();
        return decimal.Round(price * (100 - percent) / 100, 2, MidpointRounding.ToEven);
    }

    public Dictionary<string, decimal?> PricesOf(string[] skus) => skus.Distinct().ToDictionary(s => s, PriceOf);

    public int Import(string csv)
    {
        int count = 0;
        using var reader = new StringReader(csv);
        while (reader.ReadLine() is { } line)
        {
            if (line.Split(';') is [var sku, var text] && decimal.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out decimal price))
            {
                Set(sku.Trim(), price);
                count++;
            }
        }

        return count;
    }
}

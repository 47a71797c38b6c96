namespace Travel;

public readonly record struct Stay(DateOnly From, DateOnly To)
{
    public int Nights => To.DayNumber - From.DayNumber;
    public bool Overlaps(Stay other) => From < other.To && other.From < To;
}

public class BookingRefused : InvalidOperationException
{
    public BookingRefused() : this("refused") { }
    public BookingRefused(string message) : base(message) { }
}

[Wire]
public partial class Room
{
    private readonly List<(Guid Id, Stay Stay, string Guest)> _bookings = [];
    private decimal _rate = 80m;

    public decimal Quote(Stay stay) => stay switch
    {
        { Nights: <= 0 } => throw new BookingRefused("no nights"),
        { Nights: >= 7 } => stay.Nights * _rate * 0.9m,
        { From.DayOfWeek: DayOfWeek.Friday or DayOfWeek.Saturday } => stay.Nights * _rate * 1.2m,
        _ => stay.Nights * _rate,
    };

    public Guid Book(Stay stay, string guest)
    {
        if (_bookings.Exists(b => b.Stay.Overlaps(stay))) throw new BookingRefused($"{stay.From:O} is taken");
        var id = Guid.NewGuid();
        _bookings.Add((id, stay, guest));
        _bookings.Sort(static (a, b) => a.Stay.From.CompareTo(b.Stay.From));
        return id;
    }

    public bool Cancel(Guid id) => _bookings.RemoveAll(b => b.Id == id) > 0;

    public Stay[] Free(DateOnly from, DateOnly to)
    {
        var free = new List<Stay>();
        DateOnly at = from;
        foreach ((_, Stay stay, _) in _bookings)
        {
            if (stay.From > at && at < to) free.Add(new Stay(at, stay.From < to ? stay.From : to));
            if (stay.To > at) at = stay.To;
        }

        if (at < to) free.Add(new Stay(at, to));
        return [.. free];
    }
}

[Wire]
public partial class Hotel(IWires wires)
{
    private string[] _rooms = [];

    public void Build(int floors, int perFloor) =>
        _rooms = [.. from floor in Enumerable.Range(1, floors) from room in Enumerable.Range(1, perFloor) select $"{floor}{room:D2}"];

    public async WireTask<(string Room, Guid Booking)?> Book(Stay stay, string guest, decimal max)
    {
        foreach (string name in _rooms)
        {
            RoomRef room = wires.Get<RoomRef>(name);
            if (await room.Quote(stay) > max) continue;
            try
            {
                return (name, await room.Book(stay, guest));
            }
            catch (BookingRefused)
            {
                continue;
            }
        }

        return null;
    }
}

[Wire]
public partial class Taxi(Random random)
{
    private (double Latitude, double Longitude) _at;
    private Guid? _ride;
    private List<(double Latitude, double Longitude)> _trail = new(64);

    public void Move(double latitude, double longitude)
    {
        _trail.Add(_at);
        if (_trail.Count > 60) _trail = _trail.GetRange(30, _trail.Count - 30);
        _at = (latitude, longitude);
    }

    public bool Offer(Guid ride)
    {
        if (_ride is not null || random.Next(10) == 0) return false;
        _ride = ride;
        return true;
    }

    public double Finish()
    {
        double length = 0;
        for (int i = 1; i < _trail.Count; i++)
        {
            (double dy, double dx) = (_trail[i].Latitude - _trail[i - 1].Latitude, _trail[i].Longitude - _trail[i - 1].Longitude);
            length += Math.Sqrt(dx * dx + dy * dy);
        }

        _ride = null;
        _trail.Clear();
        return length;
    }
}

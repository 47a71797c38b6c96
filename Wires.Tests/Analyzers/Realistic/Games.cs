using System.Text;

namespace Games;

public sealed record Score(string Player, long Points) : IComparable<Score>
{
    public int CompareTo(Score? other) => other is null ? 1 : Points != other.Points ? other.Points.CompareTo(Points) : string.CompareOrdinal(Player, other.Player);
}

[Wire]
public partial class Leaderboard
{
    private const int Kept = 1_000;
    private readonly SortedSet<Score> _scores = [];
    private readonly Dictionary<string, Score> _byPlayer = new(StringComparer.Ordinal);

    public int Submit(string player, long points)
    {
        if (_byPlayer.TryGetValue(player, out Score? old))
        {
            if (old.Points >= points)
            {
                return Rank(player) ?? -1;
            }

            _scores.Remove(old);
        }

        Score score = new(player, points);
        _scores.Add(_byPlayer[player] = score);
        while (_scores.Count > Kept && _scores.Max is { } last)
        {
            _scores.Remove(last);
            _byPlayer.Remove(last.Player);
        }

        return Rank(player) ?? -1;
    }

    public int? Rank(string player)
    {
        int rank = 0;
        foreach (Score score in _scores)
        {
            rank++;
            if (score.Player == player)
            {
                return rank;
            }
        }

        return null;
    }

    public Score[] Top(int count) => _scores.Take(Math.Clamp(count, 1, 100)).ToArray();

    public Score[] Around(string player, int radius)
    {
        var all = _scores.ToList();
        int at = all.FindIndex(s => s.Player == player);
        return at < 0 ? [] : all.GetRange(Math.Max(0, at - radius), Math.Min(all.Count, at + radius + 1) - Math.Max(0, at - radius)).ToArray();
    }

    [Every("1.00:00:00")]
    private void StartSeason()
    {
        _scores.Clear();
        _byPlayer.Clear();
    }
}

[Wire]
public partial class Chessboard
{
    private enum Piece : byte { None, Pawn, Rook, Knight, Bishop, Queen, King }

    private readonly struct Square(Piece piece, bool isWhite)
    {
        public Piece Piece { get; } = piece;
        public bool IsWhite { get; } = isWhite;
    }

    private readonly Square[][] _rows = [.. Enumerable.Range(0, 8).Select(static _ => new Square[8])];
    private readonly Stack<(int From, int To)> _moves = new();
    private bool _isWhitesTurn = true;

    public void Reset()
    {
        ReadOnlySpan<Piece> order = [Piece.Rook, Piece.Knight, Piece.Bishop, Piece.Queen, Piece.King, Piece.Bishop, Piece.Knight, Piece.Rook];
        for (int i = 0; i < 8; i++)
        {
            _rows[0][i] = new Square(order[i], isWhite: true);
            _rows[1][i] = new Square(Piece.Pawn, isWhite: true);
            _rows[6][i] = new Square(Piece.Pawn, isWhite: false);
            _rows[7][i] = new Square(order[i], isWhite: false);
        }

        _moves.Clear();
    }

    public bool Move(string from, string to)
    {
        if (Parse(from) is not { } source || Parse(to) is not { } target)
        {
            return false;
        }

        ref Square origin = ref _rows[source.Row][source.Column];
        if (origin is not { Piece: not Piece.None } || origin.IsWhite != _isWhitesTurn)
        {
            return false;
        }

        _rows[target.Row][target.Column] = origin;
        origin = default;
        _moves.Push((source.Row * 8 + source.Column, target.Row * 8 + target.Column));
        _isWhitesTurn = !_isWhitesTurn;
        return true;

        static (int Row, int Column)? Parse(string square) =>
            square is [>= 'a' and <= 'h' and var file, >= '1' and <= '8' and var rank] ? (rank - '1', file - 'a') : null;
    }

    public string Draw()
    {
        var text = new StringBuilder(72);
        for (int row = 7; row >= 0; row--)
        {
            foreach (Square square in _rows[row])
            {
                char letter = square.Piece switch { Piece.None => '.', Piece.Knight => 'n', var p => char.ToLowerInvariant(p.ToString()[0]) };
                text.Append(square.IsWhite ? char.ToUpperInvariant(letter) : letter);
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}

public readonly record struct Position(float X, float Y)
{
    public static Position operator +(Position a, Position b) => new(a.X + b.X, a.Y + b.Y);

    public float DistanceTo(Position other) => MathF.Sqrt(MathF.Pow(X - other.X, 2) + MathF.Pow(Y - other.Y, 2));
}

[Wire]
public partial class Zone(TimeProvider time)
{
    private sealed class Visitor
    {
        public required AvatarRef Ref { get; init; }
        public Position At { get; set; }
        public long Seen { get; set; }
    }

    private readonly Dictionary<AvatarRef, Visitor> _avatars = [];

    public void Enter(AvatarRef avatar, Position at) => _avatars[avatar] = new Visitor { Ref = avatar, At = at, Seen = time.GetTimestamp() };

    public bool Step(AvatarRef avatar, Position by)
    {
        if (!_avatars.TryGetValue(avatar, out Visitor? known)) return false;
        known.At += by;
        known.Seen = time.GetTimestamp();
        return true;
    }

    public AvatarRef[] Near(Position at, float radius) =>
        (from avatar in _avatars.Values
         let distance = avatar.At.DistanceTo(at)
         where distance <= radius
         orderby distance
         select avatar.Ref).ToArray();

    [Every("00:00:10")]
    private void Forget()
    {
        long now = time.GetTimestamp();
        foreach ((AvatarRef key, _) in _avatars.Where(p => time.GetElapsedTime(p.Value.Seen, now) > TimeSpan.FromMinutes(5)).ToArray())
        {
            _avatars.Remove(key);
        }
    }
}

[Wire]
public partial class Avatar
{
    private int _health = 100;
    private ZoneRef? _zone;
    private readonly Dictionary<string, int> _bag = [];

    public async WireTask Go(ZoneRef zone, Position at)
    {
        await zone.Enter(Self(), at);
        _zone = zone;
    }

    public int Hit(int damage) => _health = Math.Max(0, _health - damage);

    public void Pick(string item, int count = 1) => _bag[item] = _bag.GetValueOrDefault(item) + count;

    public bool Use(string item)
    {
        if (!_bag.TryGetValue(item, out int left) || left == 0) return false;
        _bag[item] = left - 1;
        _health = item switch { "potion" => Math.Min(100, _health + 30), "poison" => _health / 2, _ => _health };
        return true;
    }

    public bool IsAnywhere() => _zone is not null;

    private static AvatarRef Self() => default;
}

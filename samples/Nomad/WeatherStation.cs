namespace Nomad;

/// <summary>What each node has for itself: a service of it, of which no other node can ask.</summary>
public sealed class WeatherStation(int number)
{
    private const int Hours = 24;

    private static readonly string[] s_places = ["Bergen", "Nairobi", "Lima", "Osaka", "Tromsø", "Cairo", "Perth", "Quito"];

    /// <summary>Where it stands.</summary>
    public string Place { get; } = s_places[number % s_places.Length];

    /// <summary>In degrees, by hour.</summary>
    public IReadOnlyList<double> Readings { get; } = [.. Enumerable.Range(0, Hours).Select(hour => 12 + (number * 7 % 20) + (5 * Math.Sin((hour - 9) * Math.PI / 12)))];

    /// <summary>By how much it is warmer here than elsewhere, once somebody has told the station.</summary>
    public double? Difference { get; private set; }

    /// <summary>Tells the station.</summary>
    public void Announce(double difference) => Difference = difference;
}

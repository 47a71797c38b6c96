using Wires;

namespace Nomad;

/// <summary>A wire without state: all that it knows is in the variables of its methods.</summary>
/// <param name="station">The one of the node on which it is: another one after each move.</param>
[Wire]
public partial class Wanderer(WeatherStation station)
{
    /// <summary>Walks over the nodes twice: to see how warm it is there, and to tell each by how much it differs from the mean, which nobody knows before the first walk has ended.</summary>
    public async WireTask<List<Visit>> Walk(string[] nodes)
    {
        var visits = new Dictionary<string, Visit>();
        foreach (string node in nodes)
        {
            visits.Add(node, await Look(node));
        }

        double mean = visits.Values.Average(static visit => visit.Degrees);
        var way = new List<Visit>();
        foreach ((string node, Visit visit) in visits)
        {
            await Wire.MoveTo(node);
            station.Announce(visit.Degrees - mean);
            way.Add(visit);
        }

        return way;
    }

    // The method that awaits this one comes along.
    private async WireTask<Visit> Look(string node)
    {
        await Wire.MoveTo(node);
        return new Visit(Wire.Node, station.Place, station.Readings.Average());
    }
}

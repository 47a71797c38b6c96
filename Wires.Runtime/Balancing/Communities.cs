namespace Wires.Balancing;

/// <summary>Finds wires of one node that talk mostly to each other, so that an exchange can move them as one.</summary>
/// <remarks>
/// Label propagation (Raghavan, Albert, Kumara 2007) with a bound on a group's work, as METIS' relatives coarsen graphs (Meyerhenke, Sanders, Schulz 2014): each wire joins the group that it talks to most
/// among those that have room.
/// </remarks>
internal static class Communities
{
    private const int Sweeps = 6;

    /// <summary>Gives each wire the number of a group; groups lie on one side.</summary>
    /// <param name="graph">The wires.</param>
    /// <param name="most">The most work of a group, in processors.</param>
    /// <param name="groups">How many there are.</param>
    public static int[] Find(ExchangeGraph graph, double most, out int groups)
    {
        int[] groupOf = new int[graph.Count];
        double[] workOf = new double[graph.Count];
        for (int i = 0; i < graph.Count; i++)
        {
            groupOf[i] = i;
            workOf[i] = graph.WorkOf(i);
        }

        var rates = new Dictionary<int, float>();
        for (int sweep = 0, changed = 1; sweep < Sweeps && changed > 0; sweep++)
        {
            changed = 0;
            for (int i = 0; i < graph.Count; i++)
            {
                int best = BestOf(graph, i, groupOf, workOf, most, rates);
                if (best != groupOf[i])
                {
                    workOf[groupOf[i]] -= graph.WorkOf(i);
                    workOf[best] += graph.WorkOf(i);
                    groupOf[i] = best;
                    changed++;
                }
            }
        }

        return Number(groupOf, out groups);
    }

    private static int BestOf(ExchangeGraph graph, int item, int[] groupOf, double[] workOf, double most, Dictionary<int, float> rates)
    {
        rates.Clear();
        foreach ((int other, float rate) in graph.Edges(item))
        {
            if (graph.IsRight(other) == graph.IsRight(item))
            {
                int group = groupOf[other];
                rates[group] = rates.GetValueOrDefault(group) + rate;
            }
        }

        // Ties go to where it is, or nothing would ever come to rest.
        int best = groupOf[item];
        float bestRate = rates.GetValueOrDefault(best);
        foreach ((int group, float rate) in rates)
        {
            if (rate > bestRate && workOf[group] + graph.WorkOf(item) <= most)
            {
                (best, bestRate) = (group, rate);
            }
        }

        return best;
    }

    private static int[] Number(int[] groupOf, out int groups)
    {
        int[] numberOf = new int[groupOf.Length];
        Array.Fill(numberOf, -1);
        groups = 0;
        for (int i = 0; i < groupOf.Length; i++)
        {
            ref int number = ref numberOf[groupOf[i]];
            number = number < 0 ? groups++ : number;
        }

        return [.. groupOf.Select(group => numberOf[group])];
    }
}

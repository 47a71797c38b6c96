using Wires.Cluster;
using Wires.Infrastructure;
using Wires.Mailboxes;

namespace Wires.Operating;

// Looks at all wires of the node.
internal sealed partial class OperatorDesk
{
    /// <summary>A page of very long keys has fewer wires.</summary>
    private const int MaxPageCharacters = 256 * 1024;

    private const int Looks = 20;
    private const int MaxWatched = 50_000;

    private static readonly TimeSpan s_lookPeriod = TimeSpan.FromMilliseconds(10);

    /// <summary>The first wires after a given one. Wires come and go between pages; one that is there all the time is told once.</summary>
    private void List(byte[] question, ByteWriter answer)
    {
        var reader = new ByteReader(question);
        string type = reader.Text();
        WireId? after = reader.Flag() ? reader.Wire() : null;
        int limit = reader.Number(MaxPage);
        var first = new PriorityQueue<Activation, WireId>(Comparer<WireId>.Create(static (x, y) => WireIdOrder.Instance.Compare(y, x)));
        IEnumerable<Activation> wires = type.Length == 0 ? node.Directory.All() : node.Directory.Of(WireRegistry.GetType(type));
        foreach (Activation wire in wires)
        {
            if (wire.IsClosed || (after is { } last && WireIdOrder.Instance.Compare(wire.Id, last) <= 0))
            {
                continue;
            }

            first.Enqueue(wire, wire.Id);
            if (first.Count > limit + 1)
            {
                first.Dequeue();
            }
        }

        bool hasMore = first.Count > limit;
        var page = new List<WireReport>();
        int characters = 0;
        foreach (Activation wire in first.UnorderedItems.Select(static item => item.Element).OrderBy(static wire => wire.Id, WireIdOrder.Instance).Take(limit))
        {
            characters += wire.Id.Type.Length + wire.Id.Key.ToString().Length;
            if (page.Count > 0 && characters > MaxPageCharacters)
            {
                hasMore = true;
                break;
            }

            page.Add(new WireReport(wire.Id, node.Name, IsGuest(wire), Math.Max(0, wire.Depth), Busy: null));
        }

        answer.Byte(hasMore ? (byte)1 : (byte)0);
        answer.Write(page);
    }

    /// <summary>Looks at the wires again and again: nobody counts for each wire how much it runs.</summary>
    private async Task LookAsync(int limit, ByteWriter answer)
    {
        var seen = new Dictionary<Activation, int>();
        for (int look = 0; look < Looks; look++)
        {
            foreach (Activation wire in node.Directory.All().Take(MaxWatched))
            {
                if (wire.Depth > 0 || IsRunning(wire))
                {
                    System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(seen, wire, out _)++;
                }
            }

            await Task.Delay(s_lookPeriod, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
        }

        answer.Write([.. seen.OrderByDescending(static entry => entry.Value).ThenBy(static entry => entry.Key.Id, WireIdOrder.Instance).Take(limit)
            .Select(entry => new WireReport(entry.Key.Id, node.Name, IsGuest(entry.Key), Math.Max(0, entry.Key.Depth), entry.Value / (double)Looks))]);
    }

    private static bool IsRunning(Activation wire) => Volatile.Read(ref wire.Head) is not MailboxState;
}

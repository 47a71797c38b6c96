using Wires.Cluster;
using Wires.Remoting;

namespace Wires.Operating;

/// <summary>A node's own door to its cluster's operation.</summary>
internal sealed class NodeOperator(WireNode node) : WireOperator
{
    protected override Task<IReadOnlyList<Member>> MembersAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Member>>(node.Cluster is { IsOver: false, Member.CurrentView: { } view } ? view.Members : [new Member(0, node.Name, "", node.Options.Cluster.Speed, BuildId.Current)]);

    protected override async Task<byte[]> AskAsync(Member member, byte kind, byte[] question, TimeSpan timeout, CancellationToken cancellation)
    {
        if (node.Cluster is not { } cluster || member.Incarnation == 0 || member.Incarnation == cluster.Incarnation)
        {
            return await node.Desk.AnswerAsync(kind, question).WaitAsync(cancellation).ConfigureAwait(false);
        }

        Peer peer = await cluster.PeerAsync(member.Incarnation).WaitAsync(timeout, TimeProvider.System, cancellation).ConfigureAwait(false);
        return await peer.AskAsync(kind, question, timeout, cancellation).ConfigureAwait(false);
    }

    protected override IEnumerable<Member> Guides(IReadOnlyList<Member> members)
    {
        long self = node.Cluster?.Incarnation ?? 0;
        return members.OrderBy(member => member.Incarnation != self);
    }
}

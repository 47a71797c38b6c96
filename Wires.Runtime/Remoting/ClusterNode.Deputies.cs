using Wires.Cluster;
using Wires.Directories;
using Wires.Infrastructure;

namespace Wires.Remoting;

// Where the deputies of wires stand: their key says so, whoever owns its slot.
internal sealed partial class ClusterNode
{
    private Whereabouts LocateDeputy(WireHandle handle, out long incarnation)
    {
        incarnation = 0;
        if (DeputyKey.IsAt(handle.Key, Node.Name))
        {
            return Whereabouts.Here;
        }

        if (_member?.CurrentView is not { } view)
        {
            return Whereabouts.Unsettled;
        }

        foreach (Member member in view.Members)
        {
            // While it hands its slots over it still serves; once it has said goodbye it does not. After a crash it may have joined anew beside its lost self: the last to join comes last.
            if (DeputyKey.IsAt(handle.Key, member.Name) && !IsLeaving(member.Incarnation))
            {
                incarnation = member.Incarnation;
            }
        }

        return incarnation == 0 ? Whereabouts.Gone : Whereabouts.Elsewhere;
    }
}

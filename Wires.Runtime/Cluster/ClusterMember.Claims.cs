namespace Wires.Cluster;

/// <content>Removing the dead.</content>
internal sealed partial class ClusterMember
{
    /// <summary>Whether the view has changed, or may have.</summary>
    private async Task<bool> TryClaimAsync(View view)
    {
        List<LeaseState> targets = FindDead(view);
        if (targets.Count == 0)
        {
            return false;
        }

        // Usually one goes first, and the others see it done.
        await Task.Delay(Jitter(s_soon) * 2, _time, _stop.Token).ConfigureAwait(false);
        var claimed = new List<LeaseState>();
        foreach (LeaseState target in targets)
        {
            if (ReferenceEquals(_view, view) && await MayClaimAsync(view, target).ConfigureAwait(false))
            {
                claimed.Add(target);
            }
        }

        if (claimed.Count == 0 || !ReferenceEquals(_view, view) || IsSilent)
        {
            return false;
        }

        var dead = claimed.Select(static target => target.Incarnation).ToList();
        View next = view.Without(dead, Step());
        bool isDone = await TryChangeAsync(view, next, [.. claimed.Where(static lease => lease.Counter >= 0)], dead).ConfigureAwait(false);
        if (isDone)
        {
            _log.Claimed(Name, string.Join(", ", dead.Select(incarnation => view.Find(incarnation)!.Name)));
        }

        return true;
    }

    private List<LeaseState> FindDead(View view)
    {
        lock (_lock)
        {
            var dead = new List<LeaseState>();
            if (_sightings.IsInForce(view))
            {
                foreach (Member member in view.Members)
                {
                    if (member.Incarnation != Incarnation && (_sightings.HasEnded(member.Incarnation, out LeaseState lease) || _sightings.IsSilentForGood(member.Incarnation)))
                    {
                        dead.Add(lease);
                    }
                }
            }

            return dead;
        }
    }

    private async Task<bool> MayClaimAsync(View view, LeaseState target)
    {
        ClaimQuestion question;
        lock (_lock)
        {
            if (_sightings.IsSilentForGood(target.Incarnation))
            {
                return true;
            }

            question = new ClaimQuestion(view.Generation, view.MembersNumber, target.Incarnation, target.Counter, _sightings.Server!);
        }

        if (!TryAcknowledge(question))
        {
            return false;
        }

        byte[] bytes = question.Encode();
        Member[] others = [.. view.Members.Where(member => member.Incarnation != Incarnation && member.Incarnation != target.Incarnation)];
        byte[]?[] answers = await Task.WhenAll(others.Select(member => TryAskAsync(member, PeerQuestion.AcknowledgeClaim, bytes))).ConfigureAwait(false);
        var acknowledged = new HashSet<long> { Incarnation };
        for (int i = 0; i < others.Length; i++)
        {
            if (answers[i] is [(byte)PeerAnswer.Yes])
            {
                acknowledged.Add(others[i].Incarnation);
            }
        }

        lock (_lock)
        {
            return _history.SufficesToClaim(acknowledged, _clock());
        }
    }
}

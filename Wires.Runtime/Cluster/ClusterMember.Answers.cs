namespace Wires.Cluster;

/// <content>What this node answers others.</content>
internal sealed partial class ClusterMember
{
    /// <summary>The other side of <see cref="IPeers.AskAsync"/>. Waits for nothing.</summary>
    /// <exception cref="InvalidDataException">The question cannot be read.</exception>
    public byte[] Answer(long fromIncarnation, PeerQuestion kind, ReadOnlySpan<byte> question)
    {
        byte[] answer = kind switch
        {
            PeerQuestion.Extend => AnswerExtend(fromIncarnation, ExtendQuestion.Decode(question)),
            PeerQuestion.AcknowledgeClaim => AnswerClaim(ClaimQuestion.Decode(question)),
            PeerQuestion.Recover => AnswerRecover(RecoverQuestion.Decode(question)),
            PeerQuestion.ViewNews => [(byte)(TakeNews(question) ? PeerAnswer.Yes : PeerAnswer.No)],
            _ => throw new InvalidDataException($"Members of this version do not ask {(byte)kind}"),
        };

        // A node that has been frozen meanwhile has nothing to say.
        return IsSilent ? [(byte)PeerAnswer.No] : answer;
    }

    private bool IsSilent => _clock() >= SilentFrom;

    private byte[] AnswerExtend(long asker, ExtendQuestion question)
    {
        lock (_lock)
        {
            if (IsSilent || _view is not { } view || view.Generation != question.Generation)
            {
                return [(byte)PeerAnswer.No];
            }

            if (question.MembersNumber != view.MembersNumber)
            {
                return question.MembersNumber < view.MembersNumber ? [(byte)PeerAnswer.YouAreBehind, .. view.Encode()] : [(byte)PeerAnswer.IAmBehind];
            }

            return [(byte)(view.Contains(asker) && _promises.TryExtend(asker, _clock()) ? PeerAnswer.Yes : PeerAnswer.No)];
        }
    }

    private byte[] AnswerClaim(ClaimQuestion question) => [(byte)(TryAcknowledge(question) ? PeerAnswer.Yes : PeerAnswer.No)];

    private bool TryAcknowledge(ClaimQuestion question)
    {
        lock (_lock)
        {
            return !IsSilent
                && _view is { } view
                && view.Generation == question.Generation
                && view.MembersNumber == question.MembersNumber
                && question.Target != Incarnation
                && question.Server == _sightings.Server
                && _promises.TryAcknowledge(question.Target, question.Counter, question.Server, _clock());
        }
    }

    private byte[] AnswerRecover(List<(int Slot, uint Epoch)> slots)
    {
        var outbid = new List<(int, uint)>();
        var asked = new SlotSet();
        lock (_lock)
        {
            if (IsSilent)
            {
                return [(byte)PeerAnswer.No];
            }

            foreach ((int slot, uint epoch) in slots)
            {
                // Before what lives here is listed: what comes to life after the list would be missed.
                if (_slots.Hear_NeedsLock(_view, slot, epoch))
                {
                    asked.Add(slot);
                }
                else
                {
                    outbid.Add((slot, _slots.HeardOf(slot)));
                }
            }
        }

        return new RecoverAnswer(outbid, asked.Count == 0 ? [] : [.. _host.WiresIn(asked), .. LostIn(asked)]).Encode();
    }

    /// <summary>What this node, as the home before, knows to be lost: so that it is told so when it comes to life anew.</summary>
    private IReadOnlyList<HostedWire> LostIn(SlotSet slots) => _view is { } view ? _away.LostIn(slots, view) : [];

    private bool TakeNews(ReadOnlySpan<byte> bytes)
    {
        View news = View.Decode(bytes);
        if (_view is not { } view || news.Generation != view.Generation)
        {
            return false;
        }

        Adopt(news);
        _watchPause.Wake();
        return true;
    }
}

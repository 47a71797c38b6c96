using System.Collections.Immutable;
using Wires.Cluster;
using Xunit;

namespace Wires.Tests.Cluster;

public sealed class MembershipSlotTests
{
    [Fact]
    public void SlotsAreSharedOutBySpeed()
    {
        ImmutableArray<Member> members = [Node(1, 1), Node(2, 2), Node(3, 4), Node(4, 1) with { IsLeaving = true }];
        var counts = Enumerable.Range(0, Slots.Count).CountBy(slot => Slots.OwnerOf(slot, members)!.Incarnation).ToDictionary();
        Assert.InRange(counts[1], Slots.Count * 0.9 / 7, Slots.Count * 1.1 / 7);
        Assert.InRange(counts[2], Slots.Count * 1.8 / 7, Slots.Count * 2.2 / 7);
        Assert.InRange(counts[3], Slots.Count * 3.6 / 7, Slots.Count * 4.4 / 7);
        Assert.DoesNotContain(4, counts.Keys);
    }

    [Fact]
    public void AMemberThatComesOrGoesMovesNoSlotBetweenOthers()
    {
        ImmutableArray<Member> before = [.. Enumerable.Range(1, 8).Select(static i => Node(i * 7919, i % 3 + 1))];
        Member joiner = Node(424242, 2);
        for (int slot = 0; slot < Slots.Count; slot++)
        {
            Member old = Slots.OwnerOf(slot, before)!;
            Member now = Slots.OwnerOf(slot, before.Add(joiner))!;
            Assert.True(now == old || now == joiner);
        }
    }

    [Fact]
    public void WiresSpreadOverTheSlotsWhateverTheirKeysAre()
    {
        Assert.Equal(Slots.Of("Bank.Account", new WireKey("alice")), Slots.Of("Bank.Account", new WireKey("alice")));
        foreach (Func<int, WireKey> key in new Func<int, WireKey>[] { static i => new WireKey(i), static i => new WireKey("k" + i), static i => new WireKey(new Guid(i, 0, 0, new byte[8])) })
        {
            int used = Enumerable.Range(0, 4 * Slots.Count).Select(i => Slots.Of("T", key(i))).Distinct().Count();
            Assert.InRange(used, Slots.Count * 0.96, Slots.Count);
        }
    }

    [Fact]
    public void AViewComesBackFromItsBytes()
    {
        View view = View.Found(Guid.NewGuid(), Node(1, 1)).WithMember(Node(2, 2.5), 3).WithSlots([(7, 2, 9), (8, 2, 300)], 4).WithLeaving(1, 5);
        View back = View.Decode(view.Encode());
        Assert.Equal(view.Encode(), back.Encode());
        Assert.Equal((view.Number, view.MembersNumber, view.Generation), (back.Number, back.MembersNumber, back.Generation));
        Assert.Equal(view.Members, back.Members);
        Assert.Equal(view.PreviousMembers, back.PreviousMembers);
        Assert.Equal((2L, 300u), (back.OwnerOf(8), back.EpochOf(8)));
        Assert.InRange(view.Encode().Length, 1, 12_000);
    }

    [Fact]
    public void HostileBytesAreRefusedAndNothingElse()
    {
        byte[] good = View.Found(Guid.NewGuid(), Node(1, 1)).WithMember(Node(2, 1), 1).Encode();
        var random = new Random(5);
        for (int i = 0; i < 3_000; i++)
        {
            byte[] bad = good[..random.Next(good.Length + 1)];
            for (int flips = random.Next(1, 4); flips > 0 && bad.Length > 0; flips--)
            {
                bad[random.Next(Math.Min(bad.Length, 200))] = (byte)random.Next(256);
            }

            Try(static bytes => View.Decode(bytes), bad);
            Try(static bytes => ExtendQuestion.Decode(bytes), bad);
            Try(static bytes => ClaimQuestion.Decode(bytes), bad);
            Try(static bytes => RecoverQuestion.Decode(bytes), bad);
            Try(static bytes => RecoverAnswer.Decode(bytes), [1, .. bad]);
        }
    }

    [Fact]
    public void OfTwoPlacesOfAWireTheOneWithTheHigherEpochIsRight()
    {
        var away = new AwayTable();
        away.Set(3, "T", new WireKey(1), incarnation: 8, epoch: 2);
        away.Set(3, "T", new WireKey(1), incarnation: 9, epoch: 1);
        Assert.True(away.TryGet(3, "T", new WireKey(1), out long incarnation, out long epoch));
        Assert.Equal(2, epoch);
        Assert.Equal(8, incarnation);
        Assert.False(away.Remove(3, "T", new WireKey(1), incarnation: 9));
        Assert.True(away.Remove(3, "T", new WireKey(1), incarnation: 8));
    }

    private static void Try(Action<byte[]> decode, byte[] bytes)
    {
        try
        {
            decode(bytes);
        }
        catch (InvalidDataException)
        {
            // As it should.
        }
    }

    private static Member Node(long incarnation, double speed) => new(incarnation, "n" + incarnation, "n:1", speed, default);
}

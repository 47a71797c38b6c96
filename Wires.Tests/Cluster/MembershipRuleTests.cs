using Wires.Cluster;
using Xunit;

namespace Wires.Tests.Cluster;

/// <summary>The rules that need no cluster to be shown.</summary>
public sealed class MembershipRuleTests
{
    [Fact]
    public void AMemberThatHasPromisedAcknowledgesNoClaimUntilThePromiseEnds()
    {
        var promises = new Promises(leaseLength: 10_000);
        Assert.True(promises.TryExtend(asker: 1, now: 0));
        Assert.False(promises.TryAcknowledge(target: 1, counter: 5, "s", now: 9_999));
        promises.MembersChanged(now: 5_000);
        Assert.False(promises.TryAcknowledge(target: 1, counter: 5, "s", now: 9_999));
        Assert.True(promises.TryAcknowledge(target: 1, counter: 5, "s", now: 10_000));
    }

    [Fact]
    public void AnAcknowledgedClaimBindsForAsLongAsItMaySucceed()
    {
        var promises = new Promises(leaseLength: 10_000);
        promises.TryAcknowledge(target: 1, counter: 5, "s", now: 0);
        promises.Saw(new LeaseState(1, Counter: 5, SeenView: 1), "s");
        Assert.False(promises.TryExtend(asker: 1, now: 1_000_000));
        promises.Saw(new LeaseState(1, Counter: 6, SeenView: 1), "s");
        Assert.True(promises.TryExtend(asker: 1, now: 1_000_000));
    }

    [Fact]
    public void AnyMajorityAndAnyReplacingSetHaveAMemberInCommon()
    {
        for (int members = 1; members < 100; members++)
        {
            Assert.True(Quorum.ToPromise(members) + Quorum.ToReplace(members) > members);
        }
    }

    [Fact]
    public void MembersDoNotChangeAgainBeforeTheChangeIsSeenByEnough()
    {
        View first = View.Found(Guid.NewGuid(), Node(1)).WithMember(Node(2), 1).WithMember(Node(3), 1);
        View view = first.WithMember(Node(4), 1);
        var sightings = new Sightings(10_000, 1_000, 120_000);
        sightings.Observe(State(view, (1, first.Number), (2, first.Number), (3, first.Number), (4, view.Number)), view, 0, 0);
        Assert.False(sightings.IsInForce(view));
        sightings.Observe(State(view, (1, view.Number), (2, first.Number), (3, first.Number), (4, view.Number)), view, 1, 1);
        Assert.False(sightings.IsInForce(view));
        sightings.Observe(State(view, (1, view.Number), (2, view.Number), (3, first.Number), (4, view.Number)), view, 2, 2);
        Assert.True(sightings.IsInForce(view));
    }

    [Fact]
    public void AClaimNeedsEnoughOfEverySetWhosePromisesMayStillRun()
    {
        View three = View.Found(Guid.NewGuid(), Node(1)).WithMember(Node(2), 1).WithMember(Node(3), 1);
        View four = three.WithMember(Node(4), 1);
        var history = new MemberHistory(11_000);
        history.Adopt(three, 0);
        history.InForce(0);
        history.Adopt(four, 20_000);
        Assert.False(history.SufficesToClaim(new HashSet<long> { 3, 4 }, 20_000));
        Assert.True(history.SufficesToClaim(new HashSet<long> { 2, 3 }, 20_000));
        history.InForce(21_000);
        Assert.False(history.SufficesToClaim(new HashSet<long> { 3, 4 }, 31_000));
        history.InForce(32_001);
        Assert.True(history.SufficesToClaim(new HashSet<long> { 3, 4 }, 32_001));
    }

    [Fact]
    public void WhoMissedASetOfMembersClaimsNobodyUntilItsPromisesHaveEnded()
    {
        View one = View.Found(Guid.NewGuid(), Node(1));
        View four = one.WithMember(Node(2), 1).WithMember(Node(3), 1).WithMember(Node(4), 1);
        var history = new MemberHistory(11_000);
        history.Adopt(one, 0);
        history.Adopt(four, 5_000);
        Assert.False(history.SufficesToClaim(new HashSet<long> { 1, 2, 3 }, 15_999));
        Assert.True(history.SufficesToClaim(new HashSet<long> { 1, 2, 3 }, 16_000));
    }

    [Fact]
    public void ALeaseHasEndedOnlyWhenItWasSeenUnchangedAllTheTime()
    {
        View view = View.Found(Guid.NewGuid(), Node(1));
        var sightings = new Sightings(10_000, 1_000, 120_000);
        for (long now = 0; now < 11_000; now += 1_000)
        {
            sightings.Observe(State(view, (1, 1)), view, now, now);
            Assert.False(sightings.HasEnded(1, out _));
        }

        sightings.Observe(State(view, (1, 1)), view, 11_000, 11_000);
        Assert.True(sightings.HasEnded(1, out _));

        // Nobody could look for a time: everyone may have been silent.
        sightings.Observe(State(view, (1, 1)), view, 40_000, 40_000);
        Assert.False(sightings.HasEnded(1, out _));
    }

    private static Member Node(long incarnation) => new(incarnation, "n" + incarnation, "n:1", 1, default);

    private static CoordinatorState State(View view, params (long Incarnation, long Seen)[] leases) =>
        new(new Generation(view.Generation, 1), view.Number, view.Encode(), [], [.. leases.Select(static lease => new LeaseState(lease.Incarnation, 1, lease.Seen))], IsRestoring: false, "s");
}

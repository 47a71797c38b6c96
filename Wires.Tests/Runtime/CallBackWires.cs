namespace Wires.Tests.Runtime;

public enum ChainStyle
{
    WireTask,
    Task,
    ValueTask,
    Interleaved,
}

/// <summary>A link of a chain of calls. Walks answer with the keys that they went through.</summary>
[Wire]
public partial class Link(Probe probe)
{
    public async WireTask<string> Walk(List<LinkRef> path, ChainStyle style) => Name + await Next(path, style);

    public async Task<string> WalkByTask(List<LinkRef> path, ChainStyle style)
    {
        await Task.Yield();
        return Name + await Next(path, style);
    }

    public async ValueTask<string> WalkByValueTask(List<LinkRef> path, ChainStyle style)
    {
        string rest = await Next(path, style);
        await Task.Yield();
        return Name + rest;
    }

    [Interleave]
    public async Task<string> WalkInterleaved(List<LinkRef> path, ChainStyle style)
    {
        await Task.Yield();
        return Name + await Next(path, style);
    }

    public async WireTask<string> WalkWhenOpen(List<LinkRef> path, string gate)
    {
        probe.Note($"{Name} waits");
        await probe.Gate(gate);
        return Name + await Next(path, ChainStyle.WireTask);
    }

    public async WireTask<string> WalkAndHold(LinkRef next, string gate) => Name + await next.HoldOpen(gate);

    public async WireTask<string> HoldOpen(string gate)
    {
        probe.Note($"{Name} holds");
        await probe.Gate(gate);
        probe.Note($"{Name} released");
        return Name;
    }

    public void Touch(string by) => probe.Note($"{Name} touched by {by}");

    public async WireTask Siblings(LinkRef holder, LinkRef other)
    {
        ValueTask<string> holding = holder.HoldOpen("b");
        ValueTask touching = other.CallAndTouch(holder);
        await holding;
        await touching;
    }

    public async WireTask CallAndTouch(LinkRef other) => await other.Touch(Name);

    public async WireTask CallBackedWhileOnTheStack(LinkRef other)
    {
        LinkRef self = Wire.Self.As<LinkRef>();
        ValueTask call = other.CallAndTouch(self);
        for (int i = 0; i < 100; i++)
        {
            // Room for a call-back that wrongly starts here.
            Thread.SpinWait(1000);
        }

        probe.Note($"{Name} has called");
        await call;
    }

    public async WireTask SendOneWayAndHold(LinkRef other)
    {
        await other.TouchLater(Wire.Self.As<LinkRef>());
        probe.Note($"{Name} holds");
        await probe.Gate(Name);
    }

    [OneWay]
    public async WireTask TouchLater(LinkRef other)
    {
        ValueTask call = other.Touch(Name);
        probe.Note($"{Name} calls {other.Id.Key}");
        await call;
    }

    [Interleave]
    public async Task<string> BesideOthers(LinkRef other, string gate)
    {
        probe.Note(gate);
        await probe.Gate(gate);
        await Task.Yield();
        return Name + await other.Walk([Wire.Self.As<LinkRef>()], ChainStyle.WireTask);
    }

    private static string Name => Wire.Self.Key.ToString();

    private static async WireTask<string> Next(List<LinkRef> path, ChainStyle style)
    {
        if (path.Count == 0)
        {
            return "";
        }

        LinkRef next = path[0];
        List<LinkRef> rest = path[1..];
        return style switch
        {
            ChainStyle.Task => await next.WalkByTask(rest, style),
            ChainStyle.ValueTask => await next.WalkByValueTask(rest, style),
            ChainStyle.Interleaved => await next.WalkInterleaved(rest, style),
            _ => await next.Walk(rest, style),
        };
    }
}

[Wire]
public partial class TickingLink(Probe probe)
{
    private LinkRef _other;
    private bool _comesBack;

    public void Follow(LinkRef other) => _other = other;

    public void FollowSelf(LinkRef other)
    {
        _other = other;
        _comesBack = true;
    }

    public void Back() => probe.Note("came back");

    [Every("00:00:01")]
    private async WireTask Tick()
    {
        if (_comesBack)
        {
            await Wire.Self.As<TickingLinkRef>().Back();
            return;
        }

        ValueTask call = _other.Touch("tick");
        probe.Note("tick calls");
        await call;
    }
}

using Wires.Cluster;

namespace Wires.Operating;

// Verbs that take a while: begun by a question, and asked on with its number.
internal abstract partial class WireOperator
{
    private static readonly TimeSpan s_defaultPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_pollPeriod = TimeSpan.FromMilliseconds(100);

    public async Task<EmptyingReport> ExpelAsync(string node, IProgress<EmptyingReport>? progress = null, TimeSpan? patience = null, CancellationToken cancellation = default)
    {
        Member member = await FindAsync(node, cancellation).ConfigureAwait(false);
        (EmptyingPhase phase, EmptyingReport report) = await EmptyAsync(member, OperatorQuestion.Expel, progress, patience, cancellation).ConfigureAwait(false);
        return phase == EmptyingPhase.Done ? report : throw new WireOperatorException($"Node {node} could not send its guests away, as its log says.");
    }

    public async Task<EmptyingReport> DrainAsync(string node, IProgress<EmptyingReport>? progress = null, TimeSpan? patience = null, CancellationToken cancellation = default)
    {
        Member member = await FindAsync(node, cancellation).ConfigureAwait(false);
        (EmptyingPhase phase, EmptyingReport report) = await EmptyAsync(member, OperatorQuestion.Drain, progress, patience, cancellation).ConfigureAwait(false);
        if (phase != EmptyingPhase.Leaving)
        {
            throw new WireOperatorException($"Node {node} stays in the cluster and serves what could not leave it: {report}") { Stays = report.Stays };
        }

        while ((await MembersAsync(cancellation).ConfigureAwait(false)).Any(other => other.Incarnation == member.Incarnation))
        {
            await Task.Delay(s_pollPeriod, TimeProvider.System, cancellation).ConfigureAwait(false);
        }

        return report;
    }

    private async Task<(EmptyingPhase Phase, EmptyingReport Report)> EmptyAsync(Member member, byte kind, IProgress<EmptyingReport>? progress, TimeSpan? patience, CancellationToken cancellation)
    {
        TimeSpan wait = patience ?? s_defaultPatience;
        int milliseconds = wait == Timeout.InfiniteTimeSpan ? int.MaxValue : (int)Math.Clamp(wait.TotalMilliseconds, 0, int.MaxValue - 1);
        long number = 0;
        var report = new EmptyingReport(0, 0, []);
        while (true)
        {
            var question = new ByteWriter();
            question.Fixed(number);
            question.Number((ulong)milliseconds);
            EmptyingPhase phase;
            try
            {
                byte[] answer = await AskAsync(member, kind, question, s_answerTime, cancellation).ConfigureAwait(false);
                (number, phase, report) = Read(answer);
            }
            catch (WireOperatorException) when (number != 0 && kind == OperatorQuestion.Drain && report.Left == 0)
            {
                // It has gone between two questions, or was lost: the members tell.
                phase = EmptyingPhase.Leaving;
            }

            progress?.Report(report);
            if (phase != EmptyingPhase.Moving)
            {
                return (phase, report);
            }

            await Task.Delay(s_pollPeriod, TimeProvider.System, cancellation).ConfigureAwait(false);
        }

        static (long, EmptyingPhase, EmptyingReport) Read(byte[] answer)
        {
            var reader = new ByteReader(answer);
            return (reader.Fixed(), (EmptyingPhase)reader.Byte(), reader.Emptying());
        }
    }
}

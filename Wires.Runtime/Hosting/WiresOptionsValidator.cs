using Microsoft.Extensions.Options;

namespace Wires.Hosting;

/// <summary>Says what is wrong with a node's settings before the node starts.</summary>
internal sealed class WiresOptionsValidator : IValidateOptions<WiresOptions>
{
    public ValidateOptionsResult Validate(string? name, WiresOptions options)
    {
        List<string> failures = [];
        if (options.NodeName is { } node && string.IsNullOrWhiteSpace(node))
        {
            failures.Add($"{nameof(WiresOptions.NodeName)} is blank: leave it null for a name made of the machine's name and the process id.");
        }

        CheckTime(options.CallTimeout, nameof(WiresOptions.CallTimeout), mayBeInfinite: true);
        CheckTime(options.StopTimeout, nameof(WiresOptions.StopTimeout), mayBeInfinite: true);
        CheckTime(options.GreedyTurn, nameof(WiresOptions.GreedyTurn), mayBeInfinite: false);
        CheckCount(options.MailboxCapacity, nameof(WiresOptions.MailboxCapacity), 1);
        CheckCount(options.StreamCredit, nameof(WiresOptions.StreamCredit), 1);
        CheckCount(options.MaxGreedyLanes, nameof(WiresOptions.MaxGreedyLanes), 0);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void CheckTime(TimeSpan value, string option, bool mayBeInfinite)
        {
            if (value <= TimeSpan.Zero && !(mayBeInfinite && value == Timeout.InfiniteTimeSpan))
            {
                failures.Add($"{option} is {value}: it must be positive{(mayBeInfinite ? ", or Timeout.InfiniteTimeSpan for none" : "")}.");
            }
        }

        void CheckCount(int value, string option, int least)
        {
            if (value < least)
            {
                failures.Add($"{option} is {value}: it must be at least {least}.");
            }
        }
    }
}

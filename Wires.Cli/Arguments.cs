using System.CommandLine;

namespace Wires.Cli;

/// <summary>Arguments and options that several verbs take.</summary>
internal static class Arguments
{
    public const string IdHelp =
        "A wire, as Type/key. Account/alice has a string for its key, Room/42 a long, Cart/018f3a6e-5c1b-7d2a-9c55-0b6a5e0f7a11 a Guid; 'Room/\"42\"' (with the quotation marks) has the string 42.";

    public static Argument<WireId> Id() => new("id")
    {
        Description = IdHelp,
        CustomParser = static result =>
        {
            if (WireId.TryParse(result.Tokens[0].Value, out WireId id))
            {
                return id;
            }

            result.AddError($"'{result.Tokens[0].Value}' is no wire: it must be Type/key, as Account/alice.");
            return default;
        },
    };

    public static Argument<string> Node() => new("node") { Description = "The name of a node, as 'wires nodes' prints it." };

    public static Option<bool> Json() => new("--json") { Description = "Prints JSON, for scripts." };

    public static Option<int> Limit(int count)
    {
        var limit = new Option<int>("--limit") { Description = $"No more than so many. Default: {count}.", DefaultValueFactory = _ => count };
        limit.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && (!int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out int value) || value < 1))
            {
                result.AddError($"--limit is {text}: it must be a number of at least 1.");
            }
        });
        return limit;
    }

    public static Option<double> Patience() => new("--patience") { Description = "For how many seconds wires that cannot go at once are waited for. Default: 30.", DefaultValueFactory = static _ => 30 };
}

using System.Globalization;

namespace Shop.Reconcile;

/// <summary>The words of a command line: <c>--name value</c>, <c>--name=value</c> and switches.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private Options()
    {
    }

    public static Options Parse(string command, IReadOnlyList<string> words, IReadOnlyList<string> names, IReadOnlyList<string> switches)
    {
        var options = new Options();
        for (var i = 0; i < words.Count; i++)
        {
            var (name, value) = words[i].Split('=', 2) is [var left, var right] ? (left, right) : (words[i], null);
            if (!name.StartsWith("--", StringComparison.Ordinal))
            {
                throw new UsageException($"'{words[i]}' is not an option. Options begin with --; see shop-reconcile {command} --help.");
            }

            name = name[2..];
            if (switches.Contains(name))
            {
                options._values[name] = value is null ? "true" : throw new UsageException($"--{name} takes no value: leave it out for no.");
            }
            else if (names.Contains(name))
            {
                options._values[name] = value ?? (++i < words.Count ? words[i] : throw new UsageException($"--{name} needs a value."));
            }
            else
            {
                throw new UsageException($"There is no option --{name}; see shop-reconcile {command} --help.");
            }
        }

        return options;
    }

    public bool Has(string name) => _values.ContainsKey(name);

    public string? Find(string name) => _values.GetValueOrDefault(name);

    public string Get(string name) => Find(name) ?? throw new UsageException($"--{name} is needed.");

    public int? Number(string name, int least) => Find(name) switch
    {
        null => null,
        { } text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least => number,
        { } text => throw new UsageException($"--{name} is '{text}', expected a number from {least}."),
    };

    public DateTimeOffset? Time(string name) => Find(name) switch
    {
        null => null,
        { } text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time,
        { } text => throw new UsageException($"--{name} is '{text}', expected a time such as 2026-11-23T12:00:00Z."),
    };
}

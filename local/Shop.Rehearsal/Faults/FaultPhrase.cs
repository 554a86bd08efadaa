using System.Globalization;
using System.Text.RegularExpressions;
using Shop.Rehearsal.Links;

namespace Shop.Rehearsal.Faults;

/// <summary>Reads faults that are said in words: <c>link databases half-open back</c>, <c>service rds standby slow 2s</c>, <c>kill redis primary</c>.</summary>
internal static partial class FaultPhrase
{
    public const string Grammar = """
          link replication|databases|tables|services|all FAULT
          link rabbitmq|orders-writer|orders-reader|catalog-writer|catalog-reader primary|standby FAULT
              FAULT: refuse | cut | reset | blackhole | half-open forth|back | latency 200ms [50ms] | throttle 64KB | cut-after 4KB | cut-at-answer HEX | flap 2s
          service rds|dynamodb|s3|secretsmanager|states|lambda|monitoring|events primary|standby throttled|failing|slow 2s|stale|loses-answers [ACTION]
          replication delay 30s | replication paused
          kill redis|dynamodb|orders-database|catalog-database|ui primary|standby | kill rabbitmq
        """;

    public static readonly IReadOnlyList<string> SharedLinks = ["replication", "databases", "tables", "services", "all"];
    public static readonly IReadOnlyList<string> RegionalLinks = ["rabbitmq", "orders-writer", "orders-reader", "catalog-writer", "catalog-reader"];
    private static readonly string[] Processes = ["redis", "dynamodb", "orders-database", "catalog-database", "ui"];

    /// <param name="region">Makes a Region of what stands for one, or throws.</param>
    /// <exception cref="FormatException">What can't be understood, and what would be.</exception>
    public static FaultKind Parse(string text, Func<string?, string> region)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        FaultAction action = words switch
        {
            ["link", var link, .. var fault] when SharedLinks.Contains(link) => Link(link, null, fault, text),
            ["link", var link, var where, .. var fault] when RegionalLinks.Contains(link) => Link(link, region(where), fault, text),
            ["service", var service, var where, .. var fault] when ServiceFaults.Services.Contains(service) =>
                new FaultAction.OfService(service, region(where), Service(fault, text)),
            ["replication", "delay", var time] => new FaultAction.OfReplication(Time(time, text)),
            ["replication", "paused"] => new FaultAction.OfReplication(null),
            ["kill", "rabbitmq"] => new FaultAction.OfProcess("rabbitmq", null),
            ["kill", var process, var where] when Processes.Contains(process) => new FaultAction.OfProcess(process, region(where)),
            _ => throw NotUnderstood(text),
        };
        return new FaultKind(string.Join(' ', words), Title(words), "As it says, until it is ended.", TakesRegion: false) { Action = action };
    }

    private static FaultAction.OfLink Link(string link, string? region, string[] fault, string text) => fault switch
    {
        ["refuse"] => new(link, region, LinkFault.Refuse, null),
        ["cut"] => new(link, region, LinkFault.Cut, null),
        ["reset"] => new(link, region, LinkFault.Reset, null),
        ["blackhole"] => new(link, region, LinkFault.Blackhole, null),
        ["half-open", "forth"] => new(link, region, LinkFault.SilentForth, null),
        ["half-open", "back"] => new(link, region, LinkFault.SilentBack, null),
        ["latency", var delay] => new(link, region, LinkFault.DelayedBy(Time(delay, text)), null),
        ["latency", var delay, var jitter] => new(link, region, LinkFault.DelayedBy(Time(delay, text), Time(jitter, text)), null),
        ["throttle", var rate] when Bytes(rate, text) is > 0 and var bytes => new(link, region, LinkFault.ThrottledTo(bytes), null),
        ["cut-after", var bytes] => new(link, region, LinkFault.CutAfter(Bytes(bytes, text)), null),
        ["cut-at-answer", var hex] when hex.Length > 0 && hex.Length % 2 == 0 && hex.All(char.IsAsciiHexDigit) =>
            new(link, region, LinkFault.CutAtAnswer(Convert.FromHexString(hex)), null),
        ["flap", var period] when Time(period, text) is { Ticks: > 0 } time => new(link, region, LinkFault.Cut, time),
        _ => throw NotUnderstood(text),
    };

    private static ServiceFault Service(string[] fault, string text) => fault switch
    {
        ["throttled", .. var action] when action.Length < 2 => new(ServiceFaultKind.Throttled, Action: action.FirstOrDefault()),
        ["failing", .. var action] when action.Length < 2 => new(ServiceFaultKind.Failing, Action: action.FirstOrDefault()),
        ["stale", .. var action] when action.Length < 2 => new(ServiceFaultKind.Stale, Action: action.FirstOrDefault()),
        ["loses-answers", .. var action] when action.Length < 2 => new(ServiceFaultKind.LosesAnswers, Action: action.FirstOrDefault()),
        ["slow", var time, .. var action] when action.Length < 2 => new(ServiceFaultKind.Slow, Time(time, text), action.FirstOrDefault()),
        _ => throw NotUnderstood(text),
    };

    private static TimeSpan Time(string word, string text) => Duration().Match(word) is { Success: true } m
        ? TimeSpan.FromMilliseconds(Number(m) * (m.Groups[2].Value == "s" ? 1000 : 1))
        : throw NotUnderstood(text);

    private static long Bytes(string word, string text) => Size().Match(word) is { Success: true } m
        ? (long)Number(m) * m.Groups[2].Value switch { "KB" => 1024, "MB" => 1024 * 1024, _ => 1 }
        : throw NotUnderstood(text);

    private static double Number(Match match) => double.Parse(match.Groups[1].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    private static string Title(string[] words) => $"{char.ToUpperInvariant(words[0][0])}{words[0][1..]} {string.Join(' ', words.Skip(1))}";

    private static FormatException NotUnderstood(string text) => new($"'{text}' is no fault that is known. In words:\n{Grammar}");

    [GeneratedRegex(@"^(\d{1,6}(?:\.\d{1,3})?)(ms|s)$")]
    private static partial Regex Duration();

    [GeneratedRegex(@"^(\d{1,6})(B|KB|MB)$")]
    private static partial Regex Size();
}

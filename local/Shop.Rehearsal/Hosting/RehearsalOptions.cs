using System.Globalization;

namespace Shop.Rehearsal.Hosting;

/// <summary>The knobs of a run. Each is an environment variable; the table in local/README.md lists them.</summary>
public sealed record RehearsalOptions
{
    /// <summary>Primary first.</summary>
    public IReadOnlyList<string> Regions { get; init; } = ["us-east-1", "us-west-2"];

    /// <summary>How long a shopper's resolver keeps an answer for the store's name. 60 s in AWS.</summary>
    public TimeSpan DnsTtl { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Pause between two canary runs, and the alarm's period. 60 s in AWS.</summary>
    public TimeSpan CanaryInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Canary runs that must fail one after the other before the alarm goes off.</summary>
    public int AlarmPeriods { get; init; } = 3;

    /// <summary>Whether the alarm's rule may start a failover.</summary>
    public bool AlarmIsArmed { get; init; } = true;

    /// <summary>Whether a failover that an alarm starts waits for a person. In AWS it does, unless configured otherwise.</summary>
    public bool ApprovalRequired { get; init; }

    /// <summary>The replication lag beyond which an alarm fails nothing over, seconds; no limit by default, for a drill wants to lose something.</summary>
    public int? MaxRpoSeconds { get; init; }

    /// <summary>Port of the front door, 0 for any free one.</summary>
    public int FrontDoorPort { get; init; }

    /// <summary>Seconds between two looks of a state machine at something slow. Minutes in AWS.</summary>
    public int PollSeconds { get; init; } = 1;

    /// <summary>Minutes after a move in which no alarm, only an operator, may start the next one. An hour in AWS.</summary>
    public int CooldownMinutes { get; init; } = 1;

    /// <summary>Minutes between two looks at the readiness of each Region.</summary>
    public int PreflightMinutes { get; init; } = 5;

    /// <summary>Whether the functions run as <c>make package</c> compiled them ahead of time, or as the quick build leaves them.</summary>
    public bool AheadOfTime { get; init; }

    public string Primary => Regions[0];

    public string Standby => Regions[1];

    public string Peer(string region) => Regions[0] == region ? Regions[1] : Regions[0];

    public static RehearsalOptions FromEnvironment(Func<string, string?> variable)
    {
        var defaults = new RehearsalOptions();
        var regions = variable("REGIONS") is { Length: > 0 } text ? text.Split(',', StringSplitOptions.TrimEntries) : [.. defaults.Regions];
        if (regions.Length != 2 || regions[0] == regions[1] || regions.Any(string.IsNullOrEmpty))
        {
            throw new OptionException($"REGIONS must name two different Regions, as in us-east-1,us-west-2; it is '{variable("REGIONS")}'.");
        }

        return defaults with
        {
            Regions = regions,
            DnsTtl = Seconds(variable, "DNS_TTL_SECONDS", defaults.DnsTtl, 0.1, 3600),
            CanaryInterval = Seconds(variable, "CANARY_SECONDS", defaults.CanaryInterval, 0.2, 60),
            AlarmPeriods = Number(variable, "ALARM_PERIODS", defaults.AlarmPeriods, 1, 20),
            AlarmIsArmed = Choice(variable, "FAILOVER_TRIGGER", "alarm", "operator") == "alarm",
            ApprovalRequired = Choice(variable, "FAILOVER_APPROVAL", "none", "required") == "required",
            MaxRpoSeconds = variable("MAX_RPO_SECONDS") is { Length: > 0 } ? Number(variable, "MAX_RPO_SECONDS", 0, 0, 86_400) : null,
            FrontDoorPort = Number(variable, "FRONT_DOOR_PORT", defaults.FrontDoorPort, 0, 65535),
            AheadOfTime = Choice(variable, "FUNCTIONS", "quick", "aot") == "aot",
            CooldownMinutes = Number(variable, "COOLDOWN_MINUTES", defaults.CooldownMinutes, 0, 1440),
            PreflightMinutes = Number(variable, "PREFLIGHT_MINUTES", defaults.PreflightMinutes, 1, 1440),
            PollSeconds = Number(variable, "POLL_SECONDS", defaults.PollSeconds, 1, 60),
        };
    }

    internal static string Choice(Func<string, string?> variable, string name, params string[] choices) =>
        variable(name) is not { Length: > 0 } text ? choices[0]
        : choices.Contains(text) ? text
        : throw new OptionException($"{name} must be {string.Join(" or ", choices)}; it is '{text}'.");

    internal static int Number(Func<string, string?> variable, string name, int otherwise, int least, int most) =>
        variable(name) is not { Length: > 0 } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new OptionException($"{name} must be a whole number from {least} to {most}; it is '{text}'.");

    internal static TimeSpan Seconds(Func<string, string?> variable, string name, TimeSpan otherwise, double least, double most) =>
        variable(name) is not { Length: > 0 } text ? otherwise
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? TimeSpan.FromSeconds(number)
        : throw new OptionException($"{name} must be a number of seconds from {least} to {most}; it is '{text}'.");
}

/// <summary>A setting that can't be used: the message says which, and what it should be.</summary>
public sealed class OptionException(string message) : Exception(message);

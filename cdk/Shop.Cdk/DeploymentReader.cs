using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using Constructs;

namespace Shop.Cdk;

/// <summary>Reads an environment's settings: <c>environments/defaults.json</c>, over it <c>environments/&lt;env&gt;.json</c>, over that the command line.</summary>
internal static partial class DeploymentReader
{
    public static Deployment Read(Node node, string folder) =>
        Read(key => node.TryGetContext(key)?.ToString(), folder);

    public static Deployment Read(Func<string, string?> commandLine, string folder)
    {
        var environment = commandLine("env") is { Length: > 0 } name ? name : "dev";
        Require(EnvironmentName().IsMatch(environment), "env", environment, "1 to 12 letters, digits and hyphens, beginning with a letter: it is part of names");
        var settings = Load(folder, environment, commandLine);
        var single = Flag("singleRegion", settings["singleRegion"]);
        var primary = Region(RegionRole.Primary, settings);
        var standby = single ? null : Region(RegionRole.Standby, settings);
        Require(standby is null || standby.Code != primary.Code, "standbyRegion", primary.Code, "another Region than the primary");
        Require(standby is null || standby.Cidr != primary.Cidr, "standbyCidr", primary.Cidr, "addresses that don't overlap with the primary's");
        Require(standby is null || standby.CertificateArn is null == primary.CertificateArn is null, "standbyCertificateArn", "one of two", "a certificate in both Regions or in none");
        var domain = settings["domain"] is { Length: > 0 } own ? own : $"{environment}.shop.internal";
        var zone = Optional(settings["hostedZoneId"]);
        Require(primary.CertificateArn is null == zone is null, "hostedZoneId", settings["hostedZoneId"], "a public zone where there are certificates, and none where there are none");

        return new Deployment
        {
            Environment = environment,
            Primary = primary,
            Standby = standby,
            Domain = domain,
            HostedZoneId = zone,
            Routing = settings["routing"] switch
            {
                "arc" => Routing.Arc,
                "health-checks" => Routing.HealthChecks,
                var other => throw Wrong("routing", other, "arc or health-checks"),
            },
            HeadlessStandby = Flag("headlessStandby", settings["headlessStandby"]),
            StandbyBroker = Flag("standbyBroker", settings["standbyBroker"]),
            ArmedTrigger = Flag("armedTrigger", settings["armedTrigger"]),
            ApprovalRequired = Flag("approvalRequired", settings["approvalRequired"]),
            MaxRpoSeconds = Number("maxRpoSeconds", settings, 1, 86400),
            CooldownMinutes = Number("cooldownMinutes", settings, 0, 10080),
            PreflightMinutes = Number("preflightMinutes", settings, 5, 1440),
            CanaryMinutes = Number("canaryMinutes", settings, 0, 60),
            MinimumCapacity = Capacity("minimumCapacity", settings),
            MaximumCapacity = Capacity("maximumCapacity", settings),
            EngineVersion = settings["engineVersion"],
            BrokerInstance = settings["brokerInstance"],
            EndpointZones = Number("endpointZones", settings, 1, 3),
            MinimumUiTasks = Number("minimumUiTasks", settings, 1, 20),
            ReserveConcurrency = Flag("reserveConcurrency", settings["reserveConcurrency"]),
            Deletable = Flag("deletable", settings["deletable"]),
            Client = Flag("client", settings["client"]),
            WindowsClient = Flag("windowsClient", settings["windowsClient"]),
            OpenOrderList = Flag("openOrderList", settings["openOrderList"]),
            LogDays = Number("logDays", settings, 1, 3653),
            BackupDays = Number("backupDays", settings, 1, 35),
            MonthlyBudget = Number("monthlyBudget", settings, 1, 1_000_000),
            NotificationEmail = Optional(settings["notificationEmail"]),
            UiImageTag = settings["uiImageTag"],
            Architecture = settings["architecture"] is "x64" or "arm64" ? settings["architecture"] : throw Wrong("architecture", settings["architecture"], "x64 or arm64"),
            Folder = folder,
        };
    }

    private static Dictionary<string, string> Load(string folder, string environment, Func<string, string?> commandLine)
    {
        var settings = Parse(Path.Combine(folder, "cdk", "environments", "defaults.json"));
        var own = Path.Combine(folder, "cdk", "environments", $"{environment}.json");
        foreach (var (key, value) in File.Exists(own) ? Parse(own) : [])
        {
            Require(settings.ContainsKey(key), key, value, "a key that defaults.json has");
            settings[key] = value;
        }

        foreach (var key in settings.Keys.ToArray())
        {
            settings[key] = commandLine(key) ?? settings[key];
        }

        return settings;
    }

    private static Dictionary<string, string> Parse(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString());
    }

    private static RegionSettings Region(RegionRole role, Dictionary<string, string> settings)
    {
        var prefix = role == RegionRole.Primary ? "primary" : "standby";
        var code = settings[$"{prefix}Region"];
        var cidr = settings[$"{prefix}Cidr"];
        var zones = settings[$"{prefix}Zones"].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Require(RegionCode().IsMatch(code), $"{prefix}Region", code, "a Region's code, such as us-east-1");
        Require(Cidr().IsMatch(cidr), $"{prefix}Cidr", cidr, "a network of 16 bits, such as 10.1.0.0/16");
        Require(zones.Length == 3 && zones.Distinct().Count() == 3, $"{prefix}Zones", settings[$"{prefix}Zones"], "the letters of three zones, such as a,b,c");
        return new RegionSettings(role, code, cidr, zones, Optional(settings[$"{prefix}CertificateArn"]));
    }

    private static string? Optional(string value) => value.Length == 0 ? null : value;

    private static bool Flag(string key, string value) => value.ToLowerInvariant() switch
    {
        "true" => true,
        "false" => false,
        _ => throw Wrong(key, value, "true or false"),
    };

    private static int Number(string key, Dictionary<string, string> settings, int least, int most) =>
        int.TryParse(settings[key], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Wrong(key, settings[key], $"a whole number from {least} to {most}");

    private static double Capacity(string key, Dictionary<string, string> settings) =>
        double.TryParse(settings[key], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is >= 0.5 and <= 256 && number * 2 % 1 == 0
            ? number
            : throw Wrong(key, settings[key], "Aurora capacity units from 0.5 to 256 in steps of 0.5 (a global database never pauses)");

    private static void Require(bool condition, string key, string value, string expected)
    {
        if (!condition)
        {
            throw Wrong(key, value, expected);
        }
    }

    private static InvalidOperationException Wrong(string key, string value, string expected) => new($"{key} is '{value}'; expected {expected}.");

    [GeneratedRegex("^[a-z][a-z0-9-]{0,11}$")]
    private static partial Regex EnvironmentName();

    [GeneratedRegex("^[a-z]{2}(-[a-z]+)+-[0-9]$")]
    private static partial Regex RegionCode();

    [GeneratedRegex(@"^[0-9]{1,3}\.[0-9]{1,3}\.0\.0/16$")]
    private static partial Regex Cidr();
}

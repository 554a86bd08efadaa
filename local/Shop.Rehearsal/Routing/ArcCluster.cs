using System.Security.Cryptography;
using System.Text;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.Routing;

/// <summary>The state that an ARC cluster keeps by quorum: it belongs to no Region and outlives each of them.</summary>
public sealed class ArcCluster : IRoutingState
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly Dictionary<string, ArcRoutingControl> _controls;
    private DateTimeOffset _quietUntil = DateTimeOffset.MinValue;

    public ArcCluster(IEnumerable<string> regions, TimeSpan waitPeriod, TimeProvider time)
    {
        _time = time;
        ControlPanelArn = $"arn:aws:route53-recovery-control::000000000000:controlpanel/{Id("store", 32)}";
        _controls = regions
            .Select(region => new ArcRoutingControl(region, $"store-{region}", $"{ControlPanelArn}/routingcontrol/{Id(region, 16)}", IsOn: true))
            .ToDictionary(control => control.Arn, StringComparer.Ordinal);
        Rule = new("at-least-one-region", $"{ControlPanelArn}/safetyrule/{Id("at-least-one-region", 16)}", 1, waitPeriod);
    }

    public event Action? Changed;

    public string ControlPanelArn { get; }

    public ArcAssertionRule Rule { get; }

    public IReadOnlyList<ArcRoutingControl> Controls
    {
        get
        {
            lock (_lock)
            {
                return [.. _controls.Values];
            }
        }
    }

    public string ControlArn(string region) => Controls.Single(control => control.Region == region).Arn;

    public bool IsOn(string region) => Controls.Any(control => control.Region == region && control.IsOn);

    public ArcRoutingControl Get(string arn)
    {
        lock (_lock)
        {
            return Find(arn);
        }
    }

    /// <summary>Changes all of the controls or none.</summary>
    public void Update(IReadOnlyList<(string Arn, bool On)> entries, IReadOnlyCollection<string> overriddenRules)
    {
        bool changed;
        lock (_lock)
        {
            var wanted = entries.Select(entry => Find(entry.Arn) with { IsOn = entry.On }).ToList();
            if (!overriddenRules.Contains(Rule.Arn))
            {
                Assert(wanted);
            }

            changed = wanted.Any(control => _controls[control.Arn] != control);
            foreach (var control in wanted)
            {
                _controls[control.Arn] = control;
            }

            if (changed)
            {
                _quietUntil = _time.GetUtcNow() + Rule.WaitPeriod;
            }
        }

        if (changed)
        {
            Changed?.Invoke();
        }
    }

    private void Assert(List<ArcRoutingControl> wanted)
    {
        if (_time.GetUtcNow() < _quietUntil)
        {
            throw Blocked($"The wait period of safety rule {Rule.Name} is not over. Try again later.");
        }

        var untouched = _controls.Values.ExceptBy(wanted.Select(control => control.Arn), control => control.Arn);
        if (untouched.Concat(wanted).Count(control => control.IsOn) < Rule.Threshold)
        {
            throw Blocked($"The update would break safety rule {Rule.Name}: at least {Rule.Threshold} routing control(s) must be On.");
        }
    }

    private ArcRoutingControl Find(string arn) =>
        _controls.TryGetValue(arn, out var control)
            ? control
            : throw new AwsServiceException("ResourceNotFoundException", $"Routing control {arn} was not found.", 404)
            {
                Members = new() { ["resourceId"] = arn, ["resourceType"] = "RoutingControl" },
            };

    private AwsServiceException Blocked(string message) =>
        new("ConflictException", message, 409) { Members = new() { ["resourceId"] = Rule.Arn, ["resourceType"] = "SafetyRule" } };

    // Fixed by name, so that definitions and tools can know an ARN before the cluster exists.
    private static string Id(string name, int length) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..length];
}

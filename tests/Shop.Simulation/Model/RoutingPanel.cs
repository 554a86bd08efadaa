using Shop.Asl;

namespace Shop.Simulation.Model;

/// <summary>The control panel of an ARC cluster: two routing controls, five endpoints, and the rule that at least one control is On.</summary>
internal sealed class RoutingPanel
{
    private static readonly TimeSpan WaitPeriod = TimeSpan.FromSeconds(5);
    private static readonly string[] Endpoints = [RegionCode.East, RegionCode.West, "eu-west-1", "ap-northeast-1", "ap-southeast-2"];

    private readonly World _world;
    private readonly Dictionary<string, bool> _isOn;
    private Dictionary<string, bool> _before;
    private DateTimeOffset _changedAt = DateTimeOffset.MinValue;
    private string _changedThrough = "";

    public RoutingPanel(World world)
    {
        _world = world;
        _isOn = RegionCode.Both.ToDictionary(ArnOf, region => world.Setup.Routed.Contains(region));
        _before = new(_isOn);
    }

    public static string ArnOf(string region) => $"arn:aws:route53-recovery-control::000000000000:controlpanel/shop/routingcontrol/{region}";

    public static string RegionOf(string arn) => arn[(arn.LastIndexOf('/') + 1)..];

    public bool IsOn(string region) => _isOn[ArnOf(region)];

    /// <summary>An endpoint that answers: the one to be left out only if no other does.</summary>
    public string? Endpoint(string? exclude)
    {
        var down = _world.Time.Elapsed < _world.Setup.EndpointsBackAfter ? _world.Setup.EndpointsDown : 0;
        var up = Endpoints.Skip(down).Where(e => !_world.IsGone(e)).ToArray();
        var others = up.Where(e => e != exclude).ToArray();
        return others.Length > 0 ? others[_world.Chance.Next(others.Length)] : up.FirstOrDefault();
    }

    /// <summary>The state of a control as an endpoint sees it: the one that took a change at once, the others when it has spread.</summary>
    public bool Read(string arn, string endpoint) =>
        (endpoint == _changedThrough || _world.Time.Now >= _changedAt + _world.Setup.RoutingSpreads ? _isOn : _before)[arn];

    /// <summary>Sets controls in one transaction.</summary>
    /// <exception cref="TaskFailureException">The assertion rule would be broken, or the last change is too young.</exception>
    public void Set(IReadOnlyList<(string Arn, bool IsOn)> entries, string endpoint)
    {
        if (_world.Time.Now < _changedAt + WaitPeriod)
        {
            throw new TaskFailureException("Shop.RoutingConflict", "The routing controls were not changed: There was a conflict with this request. Try again.");
        }

        var after = new Dictionary<string, bool>(_isOn);
        foreach (var (arn, isOn) in entries)
        {
            after[arn] = isOn;
        }

        if (!after.ContainsValue(true))
        {
            throw new TaskFailureException("Shop.SafetyRuleBlocked", "The routing controls were not changed: the rule at-least-one is not met.");
        }

        _before = new(_isOn);
        foreach (var (arn, isOn) in entries)
        {
            _isOn[arn] = isOn;
        }

        (_changedAt, _changedThrough) = (_world.Time.Now, endpoint);
    }
}

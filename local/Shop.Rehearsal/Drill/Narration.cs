using Shop.Rehearsal.Hosting;

namespace Shop.Rehearsal.Drill;

/// <summary>Tells on the timeline what the Regions do by themselves: alarms, executions, routing, promotions.</summary>
internal sealed class Narration : IDisposable
{
    private readonly RehearsalHost _host;
    private readonly Timeline _timeline;

    public Narration(RehearsalHost host, Timeline timeline)
    {
        _host = host;
        _timeline = timeline;
        host.Happened += Say;
    }

    public void Dispose() => _host.Happened -= Say;

    private void Say(string text) => _timeline.Say($"  {text}");
}

using System.Globalization;
using System.Text;

namespace Shop.Rehearsal.Hosting;

/// <summary>What `make up` prints when everything runs.</summary>
internal static class Welcome
{
    public static string Text(RehearsalHost host, Uri controlRoom, TimeSpan took)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"""

            Ready after {took.TotalSeconds:0.0} s.

              Store (front door)  {host.Store}
              Control room        {controlRoom}

            {StatusText.Of(host.Status())}
            In another terminal: make status · make cut-replication · make lose-region ROLE=primary · make restore-region ROLE=primary
                                 make start-failover · make report · make heal · make fault FAULT=…       Ctrl+C here stops everything.
            The control room shows all of it live and does it by clicks: open it by the address above, whose token lets you act.
            """);
        return text.ToString();
    }
}

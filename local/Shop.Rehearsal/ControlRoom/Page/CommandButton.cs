using Shop.Rehearsal.ControlRoom.Live;
using Shop.Rehearsal.Faults;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Rehearsal.ControlRoom.Page;

/// <summary>A verb as a button. What it does is told before it is done, where that can't be taken back.</summary>
/// <param name="Ask">What the question says; null when nothing is asked.</param>
internal sealed record CommandButton(string Verb, string? Argument, string Label, string Style, string? Ask = null)
{
    public static readonly CommandButton Approve = new("approve", null, "Approve", "primary");
    public static readonly CommandButton Deny = new("deny", null, "Deny", "danger");
    public static readonly CommandButton Heal = new("heal", null, "Heal all faults", "primary");
    public static readonly CommandButton SendShoppers = new("shoppers", "3", "Send 3 shoppers", "primary");

    public static readonly CommandButton Failback = new("start-failback", null, "Fail back", "primary",
        "Moves the store back to the Region it was built in: planned, loses nothing. It waits until that Region is ready.");

    public static CommandButton Failover(string to) => new("start-failover", null, $"Fail over to {to}", "danger",
        $"Unplanned: promotes {to} even if it lacks orders that were acknowledged. They will be in the missing-transaction report.");

    public static CommandButton Switchover(string to) => new("start-switchover", null, $"Switch over to {to}", "",
        $"Planned: {to} becomes the writer once it has everything. Orders wait for seconds; none is lost.");

    public static CommandButton Lose(string region) => new("lose-region", region, "Lose this Region", "danger",
        $"Kills every process in {region}; its endpoints answer nobody. What was not replicated is gone until it is restored.");

    public static CommandButton Restore(string region) => new("restore-region", region, $"Restore {region}", "primary");

    public static CommandButton Stop(Execution execution) => new("stop", execution.Arn, "Stop", "danger",
        $"Ends {execution.StateMachineName} where it is. What it did stays done; a redrive goes on from there.");

    public static CommandButton Redrive(Execution execution) => new("redrive", execution.Arn, "Redrive", "");

    public static CommandButton Fault(FaultKind kind, string? region) => new("fault", region is null ? kind.Name : $"{kind.Name} {region}", region ?? "Start", "", kind.Effect);

    public static CommandButton EndFault(ActiveFault fault) =>
        new("end-fault", fault.Region is null ? fault.Kind.Name : $"{fault.Kind.Name} {fault.Region}", "End", "primary");

    /// <param name="formKey">Null for a visitor who may only look.</param>
    /// <param name="about">What a button whose words are short is about, for those who hear it alone.</param>
    public Html Render(string? formKey, string? about = null, bool enabled = true)
    {
        var argument = Argument is null ? Html.None : Html.Of($"""<input type="hidden" name="argument" value="{Argument}">""");
        var ask = Ask is null ? Html.None : Html.Of($""" data-ask="{Ask}" """);
        var disabled = formKey is null || !enabled ? new Html(" disabled") : Html.None;
        var aside = about is null ? Html.None : Html.Of($"""<span class="aside"> {about}</span>""");
        return Html.Of($"""
            <form method="post" action="/commands/{Verb}" data-command{ask}><input type="hidden" name="key" value="{formKey ?? ""}">{argument}<button class="{Style}"{disabled}>{Label}{aside}</button></form>
            """);
    }
}

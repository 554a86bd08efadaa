namespace Shop.Rehearsal.Hosting;

/// <summary>A verb given to a running rehearsal, with who gave it and why.</summary>
/// <param name="Via"><c>control room</c> or <c>terminal</c>.</param>
internal sealed record CommandRequest(string Verb, string? Argument, string By, string Via, string? Reason)
{
    public string Text => Argument is null ? Verb : $"{Verb} {Argument}";
}

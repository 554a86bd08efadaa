namespace Shop.Aws.Secrets;

public sealed record Secret(string Username, string Password)
{
    // A record prints its members; a password must never reach a log.
    public override string ToString() => $"Secret {{ Username = {Username} }}";
}

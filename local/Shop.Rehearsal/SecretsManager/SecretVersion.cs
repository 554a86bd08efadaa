namespace Shop.Rehearsal.SecretsManager;

public sealed record SecretVersion(string Id, string Value, DateTimeOffset CreatedAt)
{
    // A record prints its members; a password must never reach a log.
    public override string ToString() => $"SecretVersion {{ Id = {Id} }}";
}

namespace Shop.Rehearsal.SecretsManager;

public sealed record StoredSecret(string Arn, string Name, DateTimeOffset CreatedAt, SecretVersion Current, SecretVersion? Previous);

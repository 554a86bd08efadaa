namespace Shop.Reconciliation.Databases;

/// <summary>Where a database answers, and which secret opens it.</summary>
public sealed record DatabaseEndpoint(string Host, int Port, string Database, string SecretId);

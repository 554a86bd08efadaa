namespace Shop.Rehearsal.Aurora;

/// <summary>The instance that serves a cluster: here the server process itself.</summary>
public sealed record ClusterInstance(string Id, string InstanceClass, DateTimeOffset CreatedAt, string Status);

namespace Shop.Rehearsal.Sns;

/// <summary>A published message. The body may hold a task token, which is a credential: it is shown to nobody and logged nowhere.</summary>
public sealed record SnsMessage(string Id, string TopicArn, string? Subject, string Body, DateTimeOffset Time);

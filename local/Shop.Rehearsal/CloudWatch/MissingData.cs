namespace Shop.Rehearsal.CloudWatch;

/// <summary>What a period without data says.</summary>
public enum MissingData
{
    /// <summary>Nothing; without any data at all the alarm has insufficient data.</summary>
    Missing,
    NotBreaching,
    Breaching,

    /// <summary>Nothing; without any data at all the alarm stays as it is.</summary>
    Ignore,
}

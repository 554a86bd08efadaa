namespace Shop.Rehearsal.StepFunctions;

/// <summary>Client tokens of an execution's redrives: the last ten, each for 15 minutes. The same token is the same redrive.</summary>
internal sealed class RedriveTokens
{
    private const int Most = 10;
    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(15);
    private readonly List<(string Token, DateTimeOffset RedriveDate)> _tokens = [];

    public DateTimeOffset? Find(string? token, DateTimeOffset now)
    {
        foreach (var (known, date) in _tokens)
        {
            if (known == token && now - date < Validity)
            {
                return date;
            }
        }

        return null;
    }

    public void Add(string token, DateTimeOffset redriveDate)
    {
        _tokens.RemoveAll(known => known.Token == token);
        _tokens.Add((token, redriveDate));
        if (_tokens.Count > Most)
        {
            _tokens.RemoveAt(0);
        }
    }
}

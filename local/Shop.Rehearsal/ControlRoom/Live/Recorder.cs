namespace Shop.Rehearsal.ControlRoom.Live;

/// <summary>The last quarter of an hour: samples, and when what was wrong.</summary>
internal sealed class Recorder(TimeProvider time)
{
    private const int MostSamples = 900;
    private const int MostHappenings = 400;
    private readonly Lock _lock = new();
    private readonly List<(long Number, Sample Sample)> _samples = [];
    private readonly List<Band> _bands = [];
    private readonly List<Happening> _happenings = [];
    private long _number;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Happening> Happenings
    {
        get
        {
            lock (_lock)
            {
                return [.. _happenings.AsEnumerable().Reverse()];
            }
        }
    }

    public IReadOnlyList<Band> Bands
    {
        get
        {
            lock (_lock)
            {
                return [.. _bands];
            }
        }
    }

    public void Add(Sample sample)
    {
        lock (_lock)
        {
            _samples.Add((++_number, sample));
            if (_samples.Count > MostSamples)
            {
                _samples.RemoveAt(0);
            }
        }
    }

    /// <summary>What came after a number; the number to ask with next time.</summary>
    public (IReadOnlyList<Sample> Samples, long Number) Since(long number)
    {
        lock (_lock)
        {
            return ([.. _samples.Where(s => s.Number > number).Select(s => s.Sample)], _number);
        }
    }

    public void Note(string text)
    {
        lock (_lock)
        {
            _happenings.Add(new Happening(time.GetUtcNow(), text));
            if (_happenings.Count > MostHappenings)
            {
                _happenings.RemoveAt(0);
            }
        }
    }

    /// <summary>Opens bands for what has begun and closes those of what has ended.</summary>
    public void Mark(IEnumerable<(string Kind, string Text, DateTimeOffset Since)> now)
    {
        var lasting = now.Select(n => new Band(n.Since.ToUnixTimeMilliseconds(), null, n.Text, n.Kind)).ToList();
        lock (_lock)
        {
            for (var i = 0; i < _bands.Count; i++)
            {
                if (_bands[i].To is null && !lasting.Contains(_bands[i]))
                {
                    _bands[i] = _bands[i] with { To = time.GetUtcNow().ToUnixTimeMilliseconds() };
                }
            }

            _bands.AddRange(lasting.Where(l => !_bands.Contains(l)));
        }
    }
}

using System.Diagnostics;
using System.Globalization;

namespace Shop.Reconcile;

/// <summary>One line that says how far it is and when it will be done: rewritten on a terminal, now and then a new one elsewhere.</summary>
internal sealed class ProgressLine(TextWriter output, bool isTerminal, string phase, long total, string unit) : IDisposable
{
    private const int BarWidth = 24;
    private readonly Lock _lock = new();
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _shownAt;
    private long _done;
    private bool _isShown;

    /// <summary>What has been found, for the end of the line.</summary>
    public string Note { get; set; } = "";

    public void Add(long count)
    {
        lock (_lock)
        {
            _done += count;
            if (_done >= total || Stopwatch.GetElapsedTime(_shownAt) > (isTerminal ? TimeSpan.FromMilliseconds(150) : TimeSpan.FromSeconds(10)))
            {
                Show();
            }
        }
    }

    public void Set(long done) => Add(done - _done);

    public void Dispose()
    {
        if (isTerminal && _isShown)
        {
            output.Write("\r\u001b[K");
        }
    }

    internal static string Duration(double seconds) => seconds switch
    {
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0.0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.0} h"),
    };

    private void Show()
    {
        var elapsed = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        // The first moments say nothing about the rest; without a terminal nobody watches them anyway.
        if (!isTerminal && elapsed < 5)
        {
            return;
        }

        var share = total == 0 ? 1 : Math.Min(1, _done / (double)total);
        var full = (int)(share * BarWidth);
        var eta = share is > 0 and < 1 ? $"  ETA {Duration(elapsed / share * (1 - share))}" : "";
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{phase,-9} {new string('#', full)}{new string('.', BarWidth - full)} {share,4:0%}  {Math.Min(_done, total):#,0} of {total:#,0} {unit}, {_done / Math.Max(elapsed, 0.001):#,0}/s{eta}{(Note.Length > 0 ? $"  {Note}" : "")}");
        output.Write(isTerminal ? $"\r\u001b[K{line}" : $"{line}\n");
        output.Flush();
        _shownAt = Stopwatch.GetTimestamp();
        _isShown = true;
    }
}

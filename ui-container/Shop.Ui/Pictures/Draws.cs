namespace Shop.Ui.Pictures;

/// <summary>Numbers that look random and are the same for the same name on every machine (FNV-1a, then xorshift).</summary>
internal sealed class Draws
{
    private uint _state = 2166136261;

    public Draws(string name)
    {
        foreach (var c in name)
        {
            _state = (_state ^ c) * 16777619;
        }

        _state |= 1;
    }

    public int Next(int below)
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return (int)(_state % (uint)below);
    }

    public T Pick<T>(IReadOnlyList<T> from) => from[Next(from.Count)];
}

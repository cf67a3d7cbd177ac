namespace Lunatic.Runtime.Resources;

/// <summary>How many entries all tables of one process may hold together, so that a guest that drops nothing does not fill the host.</summary>
/// <param name="max">Most entries.</param>
internal sealed class ResourceBudget(int max)
{
    private int _count;

    /// <summary>Takes a place for an entry.</summary>
    /// <exception cref="LimitExceededException">There is none left; the entry is released. Thrown by a host function, it is the trap of the guest.</exception>
    public void TakeFor(object entry)
    {
        if (_count >= max)
        {
            (entry as IDisposable)?.Dispose();
            throw new LimitExceededException(nameof(EnvironmentOptions.MaxResources), max);
        }
        _count++;
    }

    /// <summary>Gives places back.</summary>
    public void GiveBack(int count = 1) => _count -= count;
}

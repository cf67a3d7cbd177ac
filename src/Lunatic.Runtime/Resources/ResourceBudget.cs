namespace Lunatic.Runtime.Resources;

/// <summary>How many entries all tables of one process may hold together, so that a guest that drops nothing does not fill the host.</summary>
/// <param name="max">Most entries.</param>
internal sealed class ResourceBudget(int max)
{
    private int _count;

    /// <summary>Takes a place.</summary>
    /// <exception cref="LimitExceededException">There is none left. Thrown by a host function, it is the trap of the guest.</exception>
    public void Take()
    {
        if (_count >= max)
            throw new LimitExceededException(nameof(EnvironmentOptions.MaxResources), max);
        _count++;
    }

    /// <summary>Gives places back.</summary>
    public void GiveBack(int count = 1) => _count -= count;
}

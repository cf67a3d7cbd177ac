using System.Collections.Concurrent;

namespace Lunatic.Runtime.Tests.HostApi.Application;

#region docs: a namespace of the application
/// <summary>What guests import from <c>app::kv</c>.</summary>
[LunaticNamespace("app::kv")]
internal sealed class KeyValueFunctions(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, byte[]> _values = new();

    [LunaticFunction]
    public void Put(string key, ReadOnlySpan<byte> value) => _values[key] = value.ToArray();

    // the guest passes two arguments more, a buffer, and gets the value's length, or -1
    [LunaticFunction]
    public byte[]? Get(string key) => _values.GetValueOrDefault(key);

    // the guest waits, other processes run
    [LunaticFunction("wait_for")]
    public async Task<byte[]> WaitForAsync(string key, CancellationToken ended)
    {
        while (true)
        {
            if (_values.TryGetValue(key, out byte[]? value))
                return value;
            await Task.Delay(TimeSpan.FromMilliseconds(10), time, ended);
        }
    }

    [LunaticFunction]
    public long Owner(HostCaller caller) => caller.Process.Id.LocalId;
}
#endregion

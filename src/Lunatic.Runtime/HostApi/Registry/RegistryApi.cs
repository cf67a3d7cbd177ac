using Lunatic.Runtime.HostApi.Binding;

namespace Lunatic.Runtime.HostApi.Registry;

/// <summary><c>lunatic::registry</c>: names of processes, one set for each environment. All trap on a bad pointer and on a name that is not UTF-8.</summary>
[HostNamespace("lunatic::registry")]
internal static partial class RegistryApi
{
    /// <summary>Gives a process a name, taking it from another one if need be. The ids are not verified; a process that has ended gets no name.</summary>
    [HostFunction("put")]
    public static void Put(ProcessContext context, int namePointer, int nameLength, long nodeId, long processId)
    {
        if (context.TryReadName(namePointer, nameLength, out string name))
        {
            context.Environment.Runtime.Metrics.RegistryWrites.Add(1);
            context.Environment.Registry.Put(name, new ProcessId(context.Environment.Id, processId), context.Environment.Find(processId));
        }
    }

    /// <summary>Looks a name up: 0, the ids of node and process are written; 1, there is none.</summary>
    [HostFunction("get")]
    public static int Get(ProcessContext context, int namePointer, int nameLength, int nodeIdPointer, int processIdPointer)
    {
        if (!context.TryReadName(namePointer, nameLength, out string name))
            return 0;
        context.Environment.Runtime.Metrics.RegistryReads.Add(1);
        if (!context.Environment.Registry.TryGet(name, out ProcessId id))
            return 1;
        if (context.TryWriteInt64(nodeIdPointer, 0))
            context.TryWriteInt64(processIdPointer, id.LocalId);
        return 0;
    }

    /// <summary>Removes a name; one that is absent is fine.</summary>
    [HostFunction("remove")]
    public static void Remove(ProcessContext context, int namePointer, int nameLength)
    {
        if (context.TryReadName(namePointer, nameLength, out string name))
        {
            context.Environment.Runtime.Metrics.RegistryDeletions.Add(1);
            context.Environment.Registry.Remove(name);
        }
    }
}

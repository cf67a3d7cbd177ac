using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.Processes;
using Lunatic.Runtime.Wasi.Descriptors;
using Lunatic.Runtime.Wasi.Stdio;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Wasi;

// poll_oneoff
internal static partial class WasiApi
{
    // bounds the time that one call takes
    private const int MaxSubscriptions = 4096;

    private const ulong NanosecondsPerTick = 100;

    /// <summary>
    /// Waits, as the process, until one or more of the subscriptions (<c>$subscription</c>, 48 bytes each) have happened, writes their events (<c>$event</c>, 32
    /// bytes each) and how many they are (32 bits). What is wrong with one subscription is told in its event. Files are always ready; standard input is when
    /// a read would not wait.
    /// </summary>
    [HostFunction("poll_oneoff")]
    public static int PollOneoff(ProcessContext context, int subscriptions, int events, int count, int eventCount) =>
        Poll(context, subscriptions, events, count, eventCount, new PollStart(context.Services.Time));

    private static int Poll(ProcessContext context, int subscriptions, int events, int count, int eventCount, PollStart start)
    {
        if (!WasiMemory.TryGet(context, out WasiMemory memory))
            return 0;
        if (count is <= 0 or > MaxSubscriptions)
            return (int)Errno.Inval;
        Errno error = memory.Result32(eventCount, out Span<byte> place);
        if (error != Errno.Success)
            return (int)error;
        error = memory.Structure(subscriptions, (long)count * Subscription.Bytes, Subscription.Alignment, out Span<byte> list);
        if (error != Errno.Success)
            return (int)error;
        error = memory.Structure(events, (long)count * Subscription.EventBytes, Subscription.Alignment, out Span<byte> target);
        if (error != Errno.Success)
            return (int)error;

        // events are collected aside: the guest may have put them where the subscriptions are
        byte[] happened = new byte[target.Length];
        int number = 0;
        ulong shortest = ulong.MaxValue;
        StandardInput? awaited = null;
        for (int index = 0; index < count; index++)
        {
            var subscription = new Subscription(list.Slice(index * Subscription.Bytes, Subscription.Bytes));
            ulong available = 0;
            bool isReady = subscription.Type switch
            {
                EventType.Clock => IsDue(context.Services.Time, subscription, start, ref shortest, out error),
                EventType.FdRead => IsReadable(context, subscription.Descriptor, ref awaited, out available, out error),
                EventType.FdWrite => IsWritable(context, subscription.Descriptor, out error),
                _ => Fails(Errno.Inval, out error),
            };
            if (isReady)
                subscription.WriteEvent(happened.AsSpan(Subscription.EventBytes * number++), error, available);
        }
        if (number == 0)
        {
            long deadline = shortest == ulong.MaxValue
                ? ProcessBase.NoDeadline
                : context.Process.DeadlineIn(new TimeSpan((long)((shortest - 1) / NanosecondsPerTick + 1)));
            return WasiWait.Begin(context, awaited, deadline, context => Poll(context, subscriptions, events, count, eventCount, start));
        }
        happened.AsSpan(0, number * Subscription.EventBytes).CopyTo(target);
        WasiMemory.Write(place, number);
        return 0;
    }

    private static bool IsDue(TimeProvider time, Subscription subscription, PollStart start, ref ulong shortest, out Errno error)
    {
        error = WasiClocks.GetTime(time, subscription.Clock, out ulong now);
        if (error != Errno.Success)
            return true;
        ulong begin = (ClockId)subscription.Clock == ClockId.Realtime ? start.Realtime : start.Monotonic;
        ulong due = subscription.IsAbsolute ? subscription.Timeout : begin + Math.Min(subscription.Timeout, ulong.MaxValue - begin);
        if (due <= now)
            return true;
        // what is further away than the clock can tell never comes
        shortest = Math.Min(shortest, due - now);
        return false;
    }

    private static bool IsReadable(ProcessContext context, int fd, ref StandardInput? awaited, out ulong available, out Errno error)
    {
        available = 0;
        error = context.Wasi.Descriptors.Get(fd, Rights.PollFdReadWrite | Rights.FdRead, out Descriptor descriptor);
        if (error != Errno.Success)
            return true;
        if (descriptor is InputDescriptor { Input: StandardInput input })
        {
            bool isReady = input.IsReady;
            available = input.Available;
            if (!isReady)
                awaited = input;
            return isReady;
        }
        if (descriptor.GetStatus(out FileStatus status) == Errno.Success && descriptor.Seek(0, Whence.Current, out long position) == Errno.Success)
            available = status.Size > (ulong)position ? status.Size - (ulong)position : 0;
        return true;
    }

    private static bool IsWritable(ProcessContext context, int fd, out Errno error)
    {
        error = context.Wasi.Descriptors.Get(fd, Rights.PollFdReadWrite | Rights.FdWrite, out _);
        return true;
    }

    private static bool Fails(Errno reason, out Errno error)
    {
        error = reason;
        return true;
    }

    // when the call began, by both clocks: relative times count from there however often it looks again
    private readonly record struct PollStart(ulong Realtime, ulong Monotonic)
    {
        public PollStart(TimeProvider time)
            : this(WasiClocks.Now(time), WasiClocks.GetTime(time, (int)ClockId.Monotonic, out ulong monotonic) == Errno.Success ? monotonic : 0)
        {
        }
    }
}

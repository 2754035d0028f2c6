package main

type register struct {
	codes map[int][]byte
}

func newRegister() *register {
	return &register{codes: map[int][]byte{}}
}

func (r *register) add(number int, label []byte) {
	r.codes[number] = label[:12]
}

func (r *register) len() int {
	return len(r.codes)
}
